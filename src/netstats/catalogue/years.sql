-- The years between which the activity lies, whatever the filters.
SELECT min(year(held_on)) AS first_year, max(year(coalesce(held_until, held_on))) AS last_year FROM meeting

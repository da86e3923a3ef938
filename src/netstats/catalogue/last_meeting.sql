-- How fresh the activity is: the latest meeting held of the selected networks and places, whatever the other filters.
SELECT m.code, m.held_on, m.date_precision, m.held_until, n.name AS network, m.title
FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
JOIN network AS n ON n.code = m.network_code
WHERE m.held_on IS NOT NULL
-- As texts, so that a year or a month alone comes before the days known within it: nobody knows that it was later.
ORDER BY greatest(known_date(m.held_on, m.date_precision), known_date(m.held_until, 'day')) DESC, m.code DESC
LIMIT 1

-- How fresh the activity is: the latest meeting held of the selected networks and places, whatever the other filters.
SELECT m.code, m.held_on, m.date_precision, m.held_until, n.name AS network, m.title
FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
JOIN network AS n ON n.code = m.network_code
WHERE m.held_on IS NOT NULL
ORDER BY greatest(last_possible_day(m.held_on, m.date_precision), m.held_until) DESC, m.code DESC
LIMIT 1

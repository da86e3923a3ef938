-- One row a network with a meeting in the selection, the one with the most attendances first.
SELECT
    n.code, n.name, count(DISTINCT m.code) AS meetings, count(a.territory_code) AS attendances,
    count(DISTINCT a.territory_code) AS territories
FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
JOIN network AS n ON n.code = m.network_code
LEFT JOIN selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
    ON a.meeting_code = m.code
GROUP BY n.code, n.name
ORDER BY attendances DESC, meetings DESC, n.name COLLATE nocase.noaccent, n.code

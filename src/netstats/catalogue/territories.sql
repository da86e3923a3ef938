-- One row a territory that was at a meeting of the selection, the most present first.
SELECT
    t.code, t.name, t.kind, d.code AS department_code, d.name AS department, r.name AS region,
    t.population, t.lon, t.lat,
    count(*) AS attendances,
    min(known_date(m.held_on, m.date_precision)) AS first_seen,
    max(known_date(m.held_on, m.date_precision)) AS last_seen
FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
JOIN meeting AS m ON m.code = a.meeting_code
JOIN territory AS t ON t.code = a.territory_code
JOIN department AS d ON d.code = t.department_code
JOIN region AS r ON r.code = d.region_code
GROUP BY ALL
ORDER BY attendances DESC, name COLLATE nocase.noaccent, code

-- One row a kind of territory of the selection, the most present first.
SELECT t.kind AS code, t.kind, count(*) AS attendances, count(DISTINCT t.code) AS territories
FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
JOIN territory AS t ON t.code = a.territory_code
GROUP BY t.kind
ORDER BY attendances DESC, t.kind

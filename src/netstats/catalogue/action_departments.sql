-- One row a department where a territory that acted covers a commune, among those of the chosen places.
SELECT
    d.code, d.name, r.name AS region,
    count(*) AS actions,
    count(DISTINCT x.territory_code) AS territories
FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
JOIN territory_department AS td ON td.territory_code = x.territory_code
JOIN scope_department($regions, $departments, NULL) AS d ON d.code = td.department_code
JOIN region AS r ON r.code = d.region_code
GROUP BY d.code, d.name, r.name
ORDER BY actions DESC, d.code

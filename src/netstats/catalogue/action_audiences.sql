-- One row an audience of the selected actions; one row without a code for those that do not say it.
SELECT coalesce(x.audience_code, '') AS code, coalesce(u.name, 'Public non précisé') AS name, count(*) AS actions
FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
LEFT JOIN audience AS u ON u.code = x.audience_code
GROUP BY ALL
ORDER BY actions DESC, code

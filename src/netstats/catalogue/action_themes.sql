-- One row a theme of the selected actions; one row without a code for those that do not say it.
SELECT
    coalesce(x.theme_code, '') AS code, coalesce(th.name, 'Thème non précisé') AS name,
    f.name AS family, f.rank AS family_rank, count(*) AS actions
FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
LEFT JOIN theme AS th ON th.code = x.theme_code
LEFT JOIN theme_family AS f ON f.code = th.family_code
GROUP BY ALL
ORDER BY actions DESC, code

-- One row a theme and network of the selection that met on it.
SELECT
    th.code, th.name, th.short_name, f.name AS family, f.rank AS family_rank,
    n.code AS network_code, n.name AS network,
    count(*) AS meetings
FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
JOIN network AS n ON n.code = m.network_code
JOIN meeting_theme AS mt ON mt.meeting_code = m.code
JOIN theme AS th ON th.code = mt.theme_code
JOIN theme_family AS f ON f.code = th.family_code
GROUP BY th.code, th.name, th.short_name, f.name, f.rank, n.code, n.name
ORDER BY f.rank, th.name COLLATE nocase.noaccent, th.code, n.name COLLATE nocase.noaccent, n.code

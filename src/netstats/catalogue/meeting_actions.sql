-- One row an action told at a meeting, whatever the selection.
SELECT
    x.code, y.name AS type, au.name AS audience, th.name AS theme, x.description,
    t.code AS territory_code, t.name AS territory, coalesce(x.source_url, m.source_url) AS source_url
FROM action AS x
JOIN meeting AS m ON m.code = x.meeting_code
JOIN action_type AS y ON y.code = x.type_code
LEFT JOIN audience AS au ON au.code = x.audience_code
LEFT JOIN theme AS th ON th.code = x.theme_code
LEFT JOIN territory AS t ON t.code = x.territory_code
WHERE x.meeting_code = $subject
ORDER BY y.rank, x.code

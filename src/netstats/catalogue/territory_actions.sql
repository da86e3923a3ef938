-- One row an action of the selection that the territory $subject did; the latest first.
SELECT
    x.code, y.name AS type, u.name AS audience, th.name AS theme, x.description, m.code AS meeting_code, n.name AS network,
    m.held_on, m.date_precision, coalesce(x.source_url, m.source_url) AS source_url
FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
JOIN meeting AS m ON m.code = x.meeting_code
JOIN network AS n ON n.code = m.network_code
JOIN action_type AS y ON y.code = x.type_code
LEFT JOIN audience AS u ON u.code = x.audience_code
LEFT JOIN theme AS th ON th.code = x.theme_code
WHERE x.territory_code = $subject
ORDER BY m.held_on DESC NULLS LAST, y.rank, x.code

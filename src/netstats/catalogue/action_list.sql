-- One row an action of the selection with all that leads on from it, the latest first.
SELECT
    x.code, x.description, x.type_code, y.name AS type, x.audience_code, u.name AS audience, x.theme_code,
    th.name AS theme, x.territory_code, t.name AS territory, -- NULL: the source names nobody
    m.code AS meeting_code, m.title AS meeting, n.name AS network, m.held_on, m.date_precision,
    coalesce(x.source_url, m.source_url) AS source_url
FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
JOIN meeting AS m ON m.code = x.meeting_code
JOIN network AS n ON n.code = m.network_code
JOIN action_type AS y ON y.code = x.type_code
LEFT JOIN audience AS u ON u.code = x.audience_code
LEFT JOIN theme AS th ON th.code = x.theme_code
LEFT JOIN territory AS t ON t.code = x.territory_code
ORDER BY m.held_on DESC NULLS LAST, y.rank, x.code

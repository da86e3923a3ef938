-- One row an action that no territory is known to have done, whatever the filters; the latest first.
SELECT
    x.code, x.description, y.name AS type, m.code AS meeting_code, m.title AS meeting, n.name AS network,
    m.held_on, m.date_precision, coalesce(x.source_url, m.source_url) AS source_url
FROM action AS x
JOIN meeting AS m ON m.code = x.meeting_code
JOIN network AS n ON n.code = m.network_code
JOIN action_type AS y ON y.code = x.type_code
WHERE x.territory_code IS NULL
ORDER BY m.held_on DESC NULLS LAST, m.code, x.code

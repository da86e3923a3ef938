-- One row a type of action and audience, nil included: what nobody does for whom is the question. Nothing at all when
-- the selection has no action.
WITH
chosen AS (
    SELECT type_code, coalesce(audience_code, '') AS audience_code
    FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)
),
addressed AS (
    SELECT code, name, rank FROM audience
    UNION ALL
    SELECT DISTINCT '', 'Public non précisé', 1_000_000 FROM chosen WHERE audience_code = ''
)
SELECT y.code AS type_code, y.name AS type, a.code AS audience_code, a.name AS audience, count(c.type_code) AS actions
FROM action_type AS y
CROSS JOIN addressed AS a
LEFT JOIN chosen AS c ON c.type_code = y.code AND c.audience_code = a.code
WHERE EXISTS (SELECT 1 FROM chosen)
GROUP BY y.code, y.name, y.rank, a.code, a.name, a.rank
ORDER BY y.rank, y.code, a.rank, a.code

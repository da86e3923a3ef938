-- The meetings that wait for a person (or the one of that code), network by network, those without one last.
SELECT d.code, d.network_code, d.name, d.reasons, d.content, b.applied_on,
    CASE WHEN $code IS NOT NULL THEN d.text END AS text
FROM draft AS d
JOIN batch AS b ON b.id = d.batch_id
LEFT JOIN network AS n ON n.code = d.network_code
WHERE coalesce(d.code = $code, true)
ORDER BY n.name COLLATE noaccent NULLS LAST, d.name, d.code

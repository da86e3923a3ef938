-- What was put in, the last first: how many rows it brought, changed and took away, and what took it back last.
SELECT
    b.id,
    b.applied_on,
    b.applied_at,
    b.kind,
    b.label,
    b.author,
    b.source,
    b.undone,
    (SELECT max(u.id) FROM batch AS u WHERE u.undone = b.id) AS undone_by,
    count(c.key) FILTER (c.before IS NULL) AS added,
    count(c.key) FILTER (c.before IS NOT NULL AND c.after IS NOT NULL) AS changed,
    count(c.key) FILTER (c.after IS NULL) AS removed
FROM batch AS b
LEFT JOIN change AS c ON c.batch_id = b.id
GROUP BY ALL
ORDER BY b.id DESC

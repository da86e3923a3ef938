-- The meetings that waited for a person, and were settled or thrown away.
SELECT DISTINCT c.key
FROM change AS c
JOIN batch AS b ON b.id = c.batch_id
WHERE c.table_name = 'draft' AND c.after IS NULL AND b.undone IS NULL

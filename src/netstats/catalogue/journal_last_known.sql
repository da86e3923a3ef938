-- What rows that may be gone were when the journal saw them last, as JSON.
SELECT table_name, key, arg_max(before, batch_id) AS before, arg_max(after, batch_id) AS after
FROM change
JOIN (SELECT unnest($tables::VARCHAR[]) AS table_name, unnest($keys::VARCHAR[]) AS key) AS asked USING (table_name, key)
GROUP BY table_name, key

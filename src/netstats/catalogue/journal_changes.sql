-- What one entry changed, row by row, as JSON: before is missing for a new row, after for one taken away.
SELECT table_name, key, before, after
FROM change
WHERE batch_id = $batch
ORDER BY table_name, key

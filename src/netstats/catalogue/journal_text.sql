-- The minutes that an entry was read from: NULL unless somebody asked to keep them.
SELECT text
FROM batch
WHERE id = $batch

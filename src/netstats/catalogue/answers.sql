-- What was answered about names in imports, the oldest first; an undo takes its answers away.
SELECT answers FROM batch WHERE answers IS NOT NULL ORDER BY id

-- What was answered about names in imports, the last first, and what each entry takes back.
SELECT id, undone, answers FROM batch ORDER BY id DESC

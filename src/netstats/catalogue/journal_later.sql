-- The later entries that stand in the way of taking one back: they changed one of its rows again, or wrote rows that
-- refer to one.
WITH mine AS (
    SELECT table_name, key FROM change WHERE batch_id = $batch
),
after_it AS (
    SELECT batch_id, table_name, key, after AS record FROM change WHERE batch_id > $batch
),
referring AS (
    SELECT batch_id, table_name, key FROM after_it
    UNION ALL SELECT batch_id, 'meeting', record->>'$.meeting_code' FROM after_it
    UNION ALL SELECT batch_id, 'network', record->>'$.network_code' FROM after_it
    UNION ALL SELECT batch_id, 'territory', record->>'$.territory_code' FROM after_it
    UNION ALL SELECT batch_id, 'theme_family', record->>'$.family_code' FROM after_it
    UNION ALL SELECT batch_id, 'theme', record->>'$.theme_code' FROM after_it
    UNION ALL SELECT batch_id, 'action_type', record->>'$.type_code' FROM after_it
    UNION ALL SELECT batch_id, 'audience', record->>'$.audience_code' FROM after_it
)
SELECT b.id, b.label
FROM batch AS b
WHERE b.id IN (
    SELECT r.batch_id FROM referring AS r SEMI JOIN mine AS m ON m.table_name = r.table_name AND m.key = r.key
)
ORDER BY b.id

-- The later entries that stand in the way of taking one back: they changed one of its rows again, or wrote rows that
-- need one which would go.
WITH mine AS (
    SELECT table_name, key, before IS NULL AS would_go FROM change WHERE batch_id = $batch
),
needing AS (
    SELECT batch_id, 'meeting' AS table_name, meeting_code AS key FROM attendance
    UNION ALL SELECT batch_id, 'meeting', meeting_code FROM meeting_theme
    UNION ALL SELECT batch_id, 'meeting', meeting_code FROM action
    UNION ALL SELECT batch_id, 'network', network_code FROM meeting
    UNION ALL SELECT batch_id, 'territory', territory_code FROM attendance
    UNION ALL SELECT batch_id, 'territory', territory_code FROM action
    UNION ALL SELECT batch_id, 'theme', theme_code FROM meeting_theme
    UNION ALL SELECT batch_id, 'theme', theme_code FROM action
    UNION ALL SELECT batch_id, 'action_type', type_code FROM action
    UNION ALL SELECT batch_id, 'audience', audience_code FROM action
)
SELECT DISTINCT b.id, b.label
FROM batch AS b
WHERE b.id > $batch
  AND (
      b.id IN (SELECT c.batch_id FROM change AS c SEMI JOIN mine AS m ON m.table_name = c.table_name AND m.key = c.key)
      OR b.id IN (
          SELECT n.batch_id
          FROM needing AS n
          SEMI JOIN mine AS m ON m.would_go AND m.table_name = n.table_name AND m.key = n.key
      )
  )
ORDER BY b.id

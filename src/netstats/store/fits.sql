-- What must hold of the rows that were just written, beside what netstats.store.ddl verifies: one row a fault (table_name, value, fault).
-- Presences and actions are those of meetings that were held.
WITH touched AS (
    SELECT DISTINCT coalesce(
        CASE table_name WHEN 'meeting' THEN key END, after->>'$.meeting_code', before->>'$.meeting_code'
    ) AS code
    FROM difference
    WHERE table_name IN ('meeting', 'attendance', 'action')
),
not_held AS (
    SELECT m.code FROM meeting AS m SEMI JOIN touched AS t ON t.code = m.code WHERE m.status <> 'held'
)
SELECT 'attendance' AS table_name, concat_ws(' / ', a.meeting_code, a.territory_code) AS value,
    'présence à une réunion qui n’a pas été tenue' AS fault
FROM attendance AS a
SEMI JOIN not_held AS m ON m.code = a.meeting_code
UNION ALL
SELECT 'action', x.code, 'action rapportée à une réunion qui n’a pas été tenue'
FROM action AS x
SEMI JOIN not_held AS m ON m.code = x.meeting_code

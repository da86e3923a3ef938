-- The attendances that come in (incoming_rows) and go out (outgoing_rows, by key): what differs is told, then done.
CREATE OR REPLACE TEMP TABLE incoming AS FROM attendance LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT meeting_code, territory_code FROM attendance LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT concat_ws(' / ', x.meeting_code, x.territory_code) AS key, to_json(x) AS record FROM (SELECT * EXCLUDE (batch_id) FROM attendance) AS x
),
new AS (
    SELECT concat_ws(' / ', x.meeting_code, x.territory_code) AS key, to_json(x) AS record FROM (SELECT * EXCLUDE (batch_id) FROM incoming) AS x
)
SELECT 'attendance', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'attendance', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = concat_ws(' / ', o.meeting_code, o.territory_code);

MERGE INTO attendance
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'attendance' AND d.key = concat_ws(' / ', i.meeting_code, i.territory_code)
) AS new
USING (meeting_code, territory_code)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM attendance
USING outgoing AS o
WHERE attendance.meeting_code = o.meeting_code AND attendance.territory_code = o.territory_code;

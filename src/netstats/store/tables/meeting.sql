-- The meetings that come in (incoming_rows) and go out (outgoing_rows, by key): what differs is told, then done.
CREATE OR REPLACE TEMP TABLE incoming AS FROM meeting LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT code FROM meeting LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x.code AS key, to_json(x) AS record FROM (SELECT * EXCLUDE (batch_id) FROM meeting) AS x
),
new AS (
    SELECT x.code AS key, to_json(x) AS record FROM (SELECT * EXCLUDE (batch_id) FROM incoming) AS x
)
SELECT 'meeting', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'meeting', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o.code;

MERGE INTO meeting
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'meeting' AND d.key = i.code
) AS new
USING (code)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM meeting
USING outgoing AS o
WHERE meeting.code = o.code;

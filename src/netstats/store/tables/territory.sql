-- The bodies of our own (CISPD, CLSPD) that come in (incoming_rows) and go out (outgoing_rows, by key): what differs is told, then done.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT code, kind, name FROM territory LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT code FROM territory LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x.code AS key, to_json(x) AS record FROM (SELECT code, kind, name FROM territory WHERE kind IN ('CISPD', 'CLSPD')) AS x
),
new AS (
    SELECT x.code AS key, to_json(x) AS record FROM (SELECT * FROM incoming) AS x
)
SELECT 'territory', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'territory', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o.code;

MERGE INTO territory
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'territory' AND d.key = i.code
) AS new
USING (code)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM territory
USING outgoing AS o
WHERE territory.code = o.code AND kind IN ('CISPD', 'CLSPD');

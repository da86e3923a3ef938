-- The themes that come in (incoming_rows) and go out (outgoing_rows, by key): what differs is told, then done.
CREATE OR REPLACE TEMP TABLE incoming AS FROM theme LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT code FROM theme LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x.code AS key, to_json(x) AS record FROM (SELECT * FROM theme) AS x
),
new AS (
    SELECT x.code AS key, to_json(x) AS record FROM (SELECT * FROM incoming) AS x
)
SELECT 'theme', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'theme', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o.code;

MERGE INTO theme
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'theme' AND d.key = i.code
) AS new
USING (code)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM theme
USING outgoing AS o
WHERE theme.code = o.code;

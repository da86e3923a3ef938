-- The other names of our own that come in (incoming_rows) and go out (outgoing_rows, by key): what differs is told, then done.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT territory_code, name FROM territory_alias LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT territory_code, name FROM territory_alias LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT concat_ws(' / ', x.territory_code, x.name) AS key, to_json(x) AS record FROM (SELECT territory_code, name FROM territory_alias WHERE official IS NULL) AS x
),
new AS (
    SELECT concat_ws(' / ', x.territory_code, x.name) AS key, to_json(x) AS record FROM (SELECT * FROM incoming) AS x
)
SELECT 'territory_alias', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'territory_alias', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = concat_ws(' / ', o.territory_code, o.name);

MERGE INTO territory_alias
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'territory_alias' AND d.key = concat_ws(' / ', i.territory_code, i.name)
) AS new
USING (territory_code, name)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM territory_alias
USING outgoing AS o
WHERE territory_alias.territory_code = o.territory_code AND territory_alias.name = o.name AND official IS NULL;

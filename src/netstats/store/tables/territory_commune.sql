-- The communes of bodies of our own that come in (incoming_rows) and go out (outgoing_rows, by key): what differs is told, then done.
CREATE OR REPLACE TEMP TABLE incoming AS FROM territory_commune LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT territory_code, commune_code FROM territory_commune LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT concat_ws(' / ', x.territory_code, x.commune_code) AS key, to_json(x) AS record FROM (SELECT * FROM territory_commune) AS x
),
new AS (
    SELECT concat_ws(' / ', x.territory_code, x.commune_code) AS key, to_json(x) AS record FROM (SELECT * FROM incoming) AS x
)
SELECT 'territory_commune', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'territory_commune', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = concat_ws(' / ', o.territory_code, o.commune_code);

MERGE INTO territory_commune
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'territory_commune' AND d.key = concat_ws(' / ', i.territory_code, i.commune_code)
) AS new
USING (territory_code, commune_code)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM territory_commune
USING outgoing AS o
WHERE territory_commune.territory_code = o.territory_code AND territory_commune.commune_code = o.commune_code;

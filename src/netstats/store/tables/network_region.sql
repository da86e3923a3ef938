-- The regions of networks that come in (incoming_rows) and go out (outgoing_rows, by key): what differs is told, then done.
CREATE OR REPLACE TEMP TABLE incoming AS FROM network_region LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT network_code, region_code FROM network_region LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT concat_ws(' / ', x.network_code, x.region_code) AS key, to_json(x) AS record FROM (SELECT * FROM network_region) AS x
),
new AS (
    SELECT concat_ws(' / ', x.network_code, x.region_code) AS key, to_json(x) AS record FROM (SELECT * FROM incoming) AS x
)
SELECT 'network_region', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'network_region', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = concat_ws(' / ', o.network_code, o.region_code);

MERGE INTO network_region
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'network_region' AND d.key = concat_ws(' / ', i.network_code, i.region_code)
) AS new
USING (network_code, region_code)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM network_region
USING outgoing AS o
WHERE network_region.network_code = o.network_code AND network_region.region_code = o.region_code;

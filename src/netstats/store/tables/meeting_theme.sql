-- The themes of meetings that come in (incoming_rows) and go out (outgoing_rows, by key): what differs is told, then done.
CREATE OR REPLACE TEMP TABLE incoming AS FROM meeting_theme LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT meeting_code, theme_code FROM meeting_theme LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT concat_ws(' / ', x.meeting_code, x.theme_code) AS key, to_json(x) AS record FROM (SELECT * EXCLUDE (batch_id) FROM meeting_theme) AS x
),
new AS (
    SELECT concat_ws(' / ', x.meeting_code, x.theme_code) AS key, to_json(x) AS record FROM (SELECT * EXCLUDE (batch_id) FROM incoming) AS x
)
SELECT 'meeting_theme', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'meeting_theme', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = concat_ws(' / ', o.meeting_code, o.theme_code);

MERGE INTO meeting_theme
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'meeting_theme' AND d.key = concat_ws(' / ', i.meeting_code, i.theme_code)
) AS new
USING (meeting_code, theme_code)
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM meeting_theme
USING outgoing AS o
WHERE meeting_theme.meeting_code = o.meeting_code AND meeting_theme.theme_code = o.theme_code;

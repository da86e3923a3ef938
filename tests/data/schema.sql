-- The tables.
CREATE TABLE "region" (
    "code" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL
);
CREATE TABLE "department" (
    "code" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "region_code" VARCHAR NOT NULL
);
CREATE TABLE "territory_department" (
    "territory_code" VARCHAR NOT NULL,
    "department_code" VARCHAR NOT NULL
);
CREATE TABLE "network" (
    "code" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "scope" VARCHAR NOT NULL,
    "retired" BOOLEAN
);
CREATE TABLE "network_region" (
    "network_code" VARCHAR NOT NULL,
    "region_code" VARCHAR NOT NULL
);
CREATE TABLE "theme_family" (
    "code" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "rank" INTEGER NOT NULL,
    "retired" BOOLEAN
);
CREATE TABLE "theme" (
    "code" VARCHAR NOT NULL,
    "family_code" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "short_name" VARCHAR NOT NULL,
    "retired" BOOLEAN
);
CREATE TABLE "action_type" (
    "code" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "rank" INTEGER NOT NULL,
    "retired" BOOLEAN
);
CREATE TABLE "audience" (
    "code" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "rank" INTEGER NOT NULL,
    "retired" BOOLEAN
);
CREATE TABLE "territory" (
    "code" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "population" BIGINT,
    "lon" DOUBLE,
    "lat" DOUBLE,
    "department_code" VARCHAR,
    "retired" BOOLEAN
);
CREATE TABLE "territory_commune" (
    "territory_code" VARCHAR NOT NULL,
    "commune_code" VARCHAR NOT NULL
);
CREATE TABLE "territory_alias" (
    "territory_code" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "official" BOOLEAN
);
CREATE TABLE "meeting" (
    "code" VARCHAR NOT NULL,
    "network_code" VARCHAR NOT NULL,
    "kind" VARCHAR NOT NULL,
    "held_on" DATE,
    "date_precision" VARCHAR NOT NULL,
    "held_until" DATE,
    "sessions" INTEGER NOT NULL,
    "format" VARCHAR NOT NULL,
    "place" VARCHAR,
    "participants" INTEGER,
    "participants_precision" VARCHAR,
    "participants_unit" VARCHAR,
    "open_to_non_members" BOOLEAN,
    "status" VARCHAR NOT NULL,
    "title" VARCHAR NOT NULL,
    "note" VARCHAR,
    "source_url" VARCHAR,
    "batch_id" BIGINT NOT NULL
);
CREATE TABLE "attendance" (
    "meeting_code" VARCHAR NOT NULL,
    "territory_code" VARCHAR NOT NULL,
    "printed_name" VARCHAR,
    "member" BOOLEAN,
    "batch_id" BIGINT NOT NULL
);
CREATE TABLE "meeting_theme" (
    "meeting_code" VARCHAR NOT NULL,
    "theme_code" VARCHAR NOT NULL,
    "batch_id" BIGINT NOT NULL
);
CREATE TABLE "action" (
    "code" VARCHAR NOT NULL,
    "meeting_code" VARCHAR NOT NULL,
    "territory_code" VARCHAR,
    "type_code" VARCHAR NOT NULL,
    "audience_code" VARCHAR,
    "theme_code" VARCHAR,
    "description" VARCHAR NOT NULL,
    "source_url" VARCHAR,
    "batch_id" BIGINT NOT NULL
);
CREATE TABLE "draft" (
    "code" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL,
    "content" VARCHAR NOT NULL,
    "network_code" VARCHAR,
    "reasons" VARCHAR NOT NULL,
    "text" VARCHAR,
    "batch_id" BIGINT NOT NULL
);
CREATE TABLE "batch" (
    "id" BIGINT NOT NULL,
    "applied_on" DATE NOT NULL,
    "applied_at" TIMESTAMP,
    "kind" VARCHAR NOT NULL,
    "label" VARCHAR NOT NULL,
    "author" VARCHAR,
    "source" VARCHAR,
    "undone" BIGINT,
    "text" VARCHAR,
    "answers" VARCHAR
);
CREATE TABLE "change" (
    "batch_id" BIGINT NOT NULL,
    "table_name" VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    "before" VARCHAR,
    "after" VARCHAR
);
CREATE TABLE "action_word" (
    "action_code" VARCHAR NOT NULL,
    "word" VARCHAR NOT NULL,
    "stem" VARCHAR NOT NULL,
    "occurrences" DOUBLE NOT NULL
);
CREATE TABLE "synonym" (
    "stem" VARCHAR NOT NULL,
    "related" VARCHAR NOT NULL
);
CREATE TABLE "presentation" (
    "name" VARCHAR NOT NULL,
    "content" VARCHAR NOT NULL,
    "saved_at" TIMESTAMP NOT NULL
);
CREATE TABLE "presentation_draft" (
    "name" VARCHAR NOT NULL,
    "selection" VARCHAR NOT NULL,
    "content" VARCHAR NOT NULL,
    "saved_at" TIMESTAMP NOT NULL
);
CREATE TABLE "build" (
    "made" VARCHAR NOT NULL,
    "digest" VARCHAR NOT NULL
);

-- Their keys, added once the rows are in.
ALTER TABLE "region" ADD PRIMARY KEY ("code");
ALTER TABLE "department" ADD PRIMARY KEY ("code");
ALTER TABLE "network" ADD PRIMARY KEY ("code");
ALTER TABLE "network_region" ADD PRIMARY KEY ("network_code", "region_code");
ALTER TABLE "theme_family" ADD PRIMARY KEY ("code");
ALTER TABLE "theme" ADD PRIMARY KEY ("code");
ALTER TABLE "action_type" ADD PRIMARY KEY ("code");
ALTER TABLE "audience" ADD PRIMARY KEY ("code");
ALTER TABLE "territory" ADD PRIMARY KEY ("code");
ALTER TABLE "meeting" ADD PRIMARY KEY ("code");
ALTER TABLE "attendance" ADD PRIMARY KEY ("meeting_code", "territory_code");
ALTER TABLE "meeting_theme" ADD PRIMARY KEY ("meeting_code", "theme_code");
ALTER TABLE "action" ADD PRIMARY KEY ("code");
ALTER TABLE "draft" ADD PRIMARY KEY ("code");
ALTER TABLE "batch" ADD PRIMARY KEY ("id");
ALTER TABLE "presentation" ADD PRIMARY KEY ("name");
ALTER TABLE "presentation_draft" ADD PRIMARY KEY ("name", "selection");

-- What must hold: one row a fault, none when all is well.
SELECT 'region' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "region" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'department' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "department" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'network' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "network" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'network_region' AS table_name, concat_ws(' / ', x."network_code", x."region_code")::VARCHAR AS value, 'en double' AS fault
FROM "network_region" AS x GROUP BY "network_code", "region_code" HAVING count(*) > 1
UNION ALL
SELECT 'theme_family' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "theme_family" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'theme' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "theme" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'action_type' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "action_type" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'audience' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "audience" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'territory' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "territory" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'territory_commune' AS table_name, concat_ws(' / ', x."territory_code", x."commune_code")::VARCHAR AS value, 'en double' AS fault
FROM "territory_commune" AS x GROUP BY "territory_code", "commune_code" HAVING count(*) > 1
UNION ALL
SELECT 'territory_alias' AS table_name, concat_ws(' / ', x."territory_code", x."name")::VARCHAR AS value, 'en double' AS fault
FROM "territory_alias" AS x WHERE official IS NULL GROUP BY "territory_code", "name" HAVING count(*) > 1
UNION ALL
SELECT 'meeting' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "meeting" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'attendance' AS table_name, concat_ws(' / ', x."meeting_code", x."territory_code")::VARCHAR AS value, 'en double' AS fault
FROM "attendance" AS x GROUP BY "meeting_code", "territory_code" HAVING count(*) > 1
UNION ALL
SELECT 'meeting_theme' AS table_name, concat_ws(' / ', x."meeting_code", x."theme_code")::VARCHAR AS value, 'en double' AS fault
FROM "meeting_theme" AS x GROUP BY "meeting_code", "theme_code" HAVING count(*) > 1
UNION ALL
SELECT 'action' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "action" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'draft' AS table_name, x."code"::VARCHAR AS value, 'en double' AS fault
FROM "draft" AS x GROUP BY "code" HAVING count(*) > 1
UNION ALL
SELECT 'batch' AS table_name, x."id"::VARCHAR AS value, 'en double' AS fault
FROM "batch" AS x GROUP BY "id" HAVING count(*) > 1
UNION ALL
SELECT 'presentation' AS table_name, x."name"::VARCHAR AS value, 'en double' AS fault
FROM "presentation" AS x GROUP BY "name" HAVING count(*) > 1
UNION ALL
SELECT 'presentation_draft' AS table_name, concat_ws(' / ', x."name", x."selection")::VARCHAR AS value, 'en double' AS fault
FROM "presentation_draft" AS x GROUP BY "name", "selection" HAVING count(*) > 1
UNION ALL
SELECT 'department', x."region_code"::VARCHAR, 'région inconnue'
FROM "department" AS x ANTI JOIN "region" AS y ON y."code" = x."region_code"
UNION ALL
SELECT 'network_region', x."network_code"::VARCHAR, 'réseau inconnu'
FROM "network_region" AS x ANTI JOIN "network" AS y ON y."code" = x."network_code"
UNION ALL
SELECT 'network_region', x."region_code"::VARCHAR, 'région inconnue'
FROM "network_region" AS x ANTI JOIN "region" AS y ON y."code" = x."region_code"
UNION ALL
SELECT 'theme', x."family_code"::VARCHAR, 'famille inconnue'
FROM "theme" AS x ANTI JOIN "theme_family" AS y ON y."code" = x."family_code"
UNION ALL
SELECT 'territory_commune', x."territory_code"::VARCHAR, 'territoire inconnu'
FROM "territory_commune" AS x ANTI JOIN "territory" AS y ON y."code" = x."territory_code"
UNION ALL
SELECT 'territory_commune', x."commune_code"::VARCHAR, 'commune inconnue'
FROM "territory_commune" AS x ANTI JOIN "territory" AS y ON y."code" = x."commune_code" AND y.kind = 'commune'
UNION ALL
SELECT 'territory_alias', x."territory_code"::VARCHAR, 'territoire inconnu'
FROM "territory_alias" AS x ANTI JOIN "territory" AS y ON y."code" = x."territory_code" WHERE official IS NULL
UNION ALL
SELECT 'meeting', x."network_code"::VARCHAR, 'réseau inconnu'
FROM "meeting" AS x ANTI JOIN "network" AS y ON y."code" = x."network_code"
UNION ALL
SELECT 'meeting', x."batch_id"::VARCHAR, 'entrée inconnue'
FROM "meeting" AS x ANTI JOIN "batch" AS y ON y."id" = x."batch_id"
UNION ALL
SELECT 'attendance', x."meeting_code"::VARCHAR, 'réunion inconnue'
FROM "attendance" AS x ANTI JOIN "meeting" AS y ON y."code" = x."meeting_code"
UNION ALL
SELECT 'attendance', x."territory_code"::VARCHAR, 'territoire inconnu'
FROM "attendance" AS x ANTI JOIN "territory" AS y ON y."code" = x."territory_code"
UNION ALL
SELECT 'attendance', x."batch_id"::VARCHAR, 'entrée inconnue'
FROM "attendance" AS x ANTI JOIN "batch" AS y ON y."id" = x."batch_id"
UNION ALL
SELECT 'meeting_theme', x."meeting_code"::VARCHAR, 'réunion inconnue'
FROM "meeting_theme" AS x ANTI JOIN "meeting" AS y ON y."code" = x."meeting_code"
UNION ALL
SELECT 'meeting_theme', x."theme_code"::VARCHAR, 'thème inconnu'
FROM "meeting_theme" AS x ANTI JOIN "theme" AS y ON y."code" = x."theme_code"
UNION ALL
SELECT 'meeting_theme', x."batch_id"::VARCHAR, 'entrée inconnue'
FROM "meeting_theme" AS x ANTI JOIN "batch" AS y ON y."id" = x."batch_id"
UNION ALL
SELECT 'action', x."meeting_code"::VARCHAR, 'réunion inconnue'
FROM "action" AS x ANTI JOIN "meeting" AS y ON y."code" = x."meeting_code"
UNION ALL
SELECT 'action', x."territory_code"::VARCHAR, 'territoire inconnu'
FROM "action" AS x ANTI JOIN "territory" AS y ON y."code" = x."territory_code" WHERE x."territory_code" IS NOT NULL
UNION ALL
SELECT 'action', x."type_code"::VARCHAR, 'type inconnu'
FROM "action" AS x ANTI JOIN "action_type" AS y ON y."code" = x."type_code"
UNION ALL
SELECT 'action', x."audience_code"::VARCHAR, 'public inconnu'
FROM "action" AS x ANTI JOIN "audience" AS y ON y."code" = x."audience_code" WHERE x."audience_code" IS NOT NULL
UNION ALL
SELECT 'action', x."theme_code"::VARCHAR, 'thème inconnu'
FROM "action" AS x ANTI JOIN "theme" AS y ON y."code" = x."theme_code" WHERE x."theme_code" IS NOT NULL
UNION ALL
SELECT 'action', x."batch_id"::VARCHAR, 'entrée inconnue'
FROM "action" AS x ANTI JOIN "batch" AS y ON y."id" = x."batch_id"
UNION ALL
SELECT 'draft', x."network_code"::VARCHAR, 'réseau inconnu'
FROM "draft" AS x ANTI JOIN "network" AS y ON y."code" = x."network_code" WHERE x."network_code" IS NOT NULL
UNION ALL
SELECT 'draft', x."batch_id"::VARCHAR, 'entrée inconnue'
FROM "draft" AS x ANTI JOIN "batch" AS y ON y."id" = x."batch_id"
UNION ALL
SELECT 'territory', x.code, 'sans commune'
FROM territory AS x ANTI JOIN territory_commune AS y ON y.territory_code = x.code;

-- What no two rows of a list may share.
SELECT DISTINCT 'network' AS table_name, x."name"::VARCHAR AS value, 'en double (Nom)' AS fault
FROM "network" AS x JOIN "network" AS y ON lower(x."name"::VARCHAR) = lower(y."name"::VARCHAR) AND x."code" <> y."code"
UNION ALL
SELECT DISTINCT 'theme_family' AS table_name, x."name"::VARCHAR AS value, 'en double (Nom)' AS fault
FROM "theme_family" AS x JOIN "theme_family" AS y ON lower(x."name"::VARCHAR) = lower(y."name"::VARCHAR) AND x."code" <> y."code"
UNION ALL
SELECT DISTINCT 'theme_family' AS table_name, x."rank"::VARCHAR AS value, 'en double (Rang)' AS fault
FROM "theme_family" AS x JOIN "theme_family" AS y ON lower(x."rank"::VARCHAR) = lower(y."rank"::VARCHAR) AND x."code" <> y."code"
UNION ALL
SELECT DISTINCT 'theme' AS table_name, x."name"::VARCHAR AS value, 'en double (Nom)' AS fault
FROM "theme" AS x JOIN "theme" AS y ON lower(x."name"::VARCHAR) = lower(y."name"::VARCHAR) AND x."code" <> y."code"
UNION ALL
SELECT DISTINCT 'theme' AS table_name, x."short_name"::VARCHAR AS value, 'en double (Nom court)' AS fault
FROM "theme" AS x JOIN "theme" AS y ON lower(x."short_name"::VARCHAR) = lower(y."short_name"::VARCHAR) AND x."code" <> y."code"
UNION ALL
SELECT DISTINCT 'action_type' AS table_name, x."name"::VARCHAR AS value, 'en double (Nom)' AS fault
FROM "action_type" AS x JOIN "action_type" AS y ON lower(x."name"::VARCHAR) = lower(y."name"::VARCHAR) AND x."code" <> y."code"
UNION ALL
SELECT DISTINCT 'action_type' AS table_name, x."rank"::VARCHAR AS value, 'en double (Rang)' AS fault
FROM "action_type" AS x JOIN "action_type" AS y ON lower(x."rank"::VARCHAR) = lower(y."rank"::VARCHAR) AND x."code" <> y."code"
UNION ALL
SELECT DISTINCT 'audience' AS table_name, x."name"::VARCHAR AS value, 'en double (Nom)' AS fault
FROM "audience" AS x JOIN "audience" AS y ON lower(x."name"::VARCHAR) = lower(y."name"::VARCHAR) AND x."code" <> y."code"
UNION ALL
SELECT DISTINCT 'audience' AS table_name, x."rank"::VARCHAR AS value, 'en double (Rang)' AS fault
FROM "audience" AS x JOIN "audience" AS y ON lower(x."rank"::VARCHAR) = lower(y."rank"::VARCHAR) AND x."code" <> y."code";

-- How rows of network are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "code", "name", "scope", "retired" FROM "network" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "code" FROM "network" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "name", "scope", "retired" FROM "network") AS x
),
new AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "name", "scope", "retired" FROM incoming) AS x
)
SELECT 'network', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'network', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o."code";

MERGE INTO "network"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'network' AND d.key = i."code"
) AS new
USING ("code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "network"
WHERE ("code") IN (SELECT "code" FROM outgoing);

-- How rows of network_region are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "network_code", "region_code" FROM "network_region" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "network_code", "region_code" FROM "network_region" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT concat_ws(' / ', x."network_code", x."region_code") AS key, to_json(x) AS record
    FROM (SELECT "network_code", "region_code" FROM "network_region") AS x
),
new AS (
    SELECT concat_ws(' / ', x."network_code", x."region_code") AS key, to_json(x) AS record
    FROM (SELECT "network_code", "region_code" FROM incoming) AS x
)
SELECT 'network_region', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'network_region', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = concat_ws(' / ', o."network_code", o."region_code");

MERGE INTO "network_region"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'network_region' AND d.key = concat_ws(' / ', i."network_code", i."region_code")
) AS new
USING ("network_code", "region_code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "network_region"
WHERE ("network_code", "region_code") IN (SELECT "network_code", "region_code" FROM outgoing);

-- How rows of theme_family are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "code", "name", "rank", "retired" FROM "theme_family" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "code" FROM "theme_family" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "name", "rank", "retired" FROM "theme_family") AS x
),
new AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "name", "rank", "retired" FROM incoming) AS x
)
SELECT 'theme_family', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'theme_family', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o."code";

MERGE INTO "theme_family"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'theme_family' AND d.key = i."code"
) AS new
USING ("code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "theme_family"
WHERE ("code") IN (SELECT "code" FROM outgoing);

-- How rows of theme are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "code", "family_code", "name", "short_name", "retired" FROM "theme" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "code" FROM "theme" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "family_code", "name", "short_name", "retired" FROM "theme") AS x
),
new AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "family_code", "name", "short_name", "retired" FROM incoming) AS x
)
SELECT 'theme', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'theme', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o."code";

MERGE INTO "theme"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'theme' AND d.key = i."code"
) AS new
USING ("code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "theme"
WHERE ("code") IN (SELECT "code" FROM outgoing);

-- How rows of action_type are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "code", "name", "rank", "retired" FROM "action_type" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "code" FROM "action_type" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "name", "rank", "retired" FROM "action_type") AS x
),
new AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "name", "rank", "retired" FROM incoming) AS x
)
SELECT 'action_type', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'action_type', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o."code";

MERGE INTO "action_type"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'action_type' AND d.key = i."code"
) AS new
USING ("code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "action_type"
WHERE ("code") IN (SELECT "code" FROM outgoing);

-- How rows of audience are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "code", "name", "rank", "retired" FROM "audience" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "code" FROM "audience" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "name", "rank", "retired" FROM "audience") AS x
),
new AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "name", "rank", "retired" FROM incoming) AS x
)
SELECT 'audience', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'audience', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o."code";

MERGE INTO "audience"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'audience' AND d.key = i."code"
) AS new
USING ("code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "audience"
WHERE ("code") IN (SELECT "code" FROM outgoing);

-- How rows of territory are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "code", "kind", "name", "retired" FROM "territory" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "code" FROM "territory" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "kind", "name", "retired" FROM "territory" WHERE kind IN ('CISPD', 'CLSPD')) AS x
),
new AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "kind", "name", "retired" FROM incoming) AS x
)
SELECT 'territory', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'territory', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o."code";

MERGE INTO "territory"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'territory' AND d.key = i."code"
) AS new
USING ("code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "territory"
WHERE ("code") IN (SELECT "code" FROM outgoing) AND kind IN ('CISPD', 'CLSPD');

-- How rows of territory_commune are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "territory_code", "commune_code" FROM "territory_commune" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "territory_code", "commune_code" FROM "territory_commune" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT concat_ws(' / ', x."territory_code", x."commune_code") AS key, to_json(x) AS record
    FROM (SELECT "territory_code", "commune_code" FROM "territory_commune" WHERE territory_code NOT IN (SELECT code FROM territory WHERE kind NOT IN ('CISPD', 'CLSPD'))) AS x
),
new AS (
    SELECT concat_ws(' / ', x."territory_code", x."commune_code") AS key, to_json(x) AS record
    FROM (SELECT "territory_code", "commune_code" FROM incoming) AS x
)
SELECT 'territory_commune', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'territory_commune', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = concat_ws(' / ', o."territory_code", o."commune_code");

MERGE INTO "territory_commune"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'territory_commune' AND d.key = concat_ws(' / ', i."territory_code", i."commune_code")
) AS new
USING ("territory_code", "commune_code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "territory_commune"
WHERE ("territory_code", "commune_code") IN (SELECT "territory_code", "commune_code" FROM outgoing) AND territory_code NOT IN (SELECT code FROM territory WHERE kind NOT IN ('CISPD', 'CLSPD'));

-- How rows of territory_alias are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "territory_code", "name" FROM "territory_alias" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "territory_code", "name" FROM "territory_alias" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT concat_ws(' / ', x."territory_code", x."name") AS key, to_json(x) AS record
    FROM (SELECT "territory_code", "name" FROM "territory_alias" WHERE official IS NULL) AS x
),
new AS (
    SELECT concat_ws(' / ', x."territory_code", x."name") AS key, to_json(x) AS record
    FROM (SELECT "territory_code", "name" FROM incoming) AS x
)
SELECT 'territory_alias', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'territory_alias', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = concat_ws(' / ', o."territory_code", o."name");

MERGE INTO "territory_alias"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'territory_alias' AND d.key = concat_ws(' / ', i."territory_code", i."name")
) AS new
USING ("territory_code", "name")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "territory_alias"
WHERE ("territory_code", "name") IN (SELECT "territory_code", "name" FROM outgoing) AND official IS NULL;

-- How rows of meeting are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "code", "network_code", "kind", "held_on", "date_precision", "held_until", "sessions", "format", "place", "participants", "participants_precision", "participants_unit", "open_to_non_members", "status", "title", "note", "source_url", "batch_id" FROM "meeting" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "code" FROM "meeting" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "network_code", "kind", "held_on", "date_precision", "held_until", "sessions", "format", "place", "participants", "participants_precision", "participants_unit", "open_to_non_members", "status", "title", "note", "source_url" FROM "meeting") AS x
),
new AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "network_code", "kind", "held_on", "date_precision", "held_until", "sessions", "format", "place", "participants", "participants_precision", "participants_unit", "open_to_non_members", "status", "title", "note", "source_url" FROM incoming) AS x
)
SELECT 'meeting', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'meeting', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o."code";

MERGE INTO "meeting"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'meeting' AND d.key = i."code"
) AS new
USING ("code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "meeting"
WHERE ("code") IN (SELECT "code" FROM outgoing);

-- How rows of attendance are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "meeting_code", "territory_code", "printed_name", "member", "batch_id" FROM "attendance" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "meeting_code", "territory_code" FROM "attendance" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT concat_ws(' / ', x."meeting_code", x."territory_code") AS key, to_json(x) AS record
    FROM (SELECT "meeting_code", "territory_code", "printed_name", "member" FROM "attendance") AS x
),
new AS (
    SELECT concat_ws(' / ', x."meeting_code", x."territory_code") AS key, to_json(x) AS record
    FROM (SELECT "meeting_code", "territory_code", "printed_name", "member" FROM incoming) AS x
)
SELECT 'attendance', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'attendance', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = concat_ws(' / ', o."meeting_code", o."territory_code");

MERGE INTO "attendance"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'attendance' AND d.key = concat_ws(' / ', i."meeting_code", i."territory_code")
) AS new
USING ("meeting_code", "territory_code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "attendance"
WHERE ("meeting_code", "territory_code") IN (SELECT "meeting_code", "territory_code" FROM outgoing);

-- How rows of meeting_theme are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "meeting_code", "theme_code", "batch_id" FROM "meeting_theme" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "meeting_code", "theme_code" FROM "meeting_theme" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT concat_ws(' / ', x."meeting_code", x."theme_code") AS key, to_json(x) AS record
    FROM (SELECT "meeting_code", "theme_code" FROM "meeting_theme") AS x
),
new AS (
    SELECT concat_ws(' / ', x."meeting_code", x."theme_code") AS key, to_json(x) AS record
    FROM (SELECT "meeting_code", "theme_code" FROM incoming) AS x
)
SELECT 'meeting_theme', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'meeting_theme', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = concat_ws(' / ', o."meeting_code", o."theme_code");

MERGE INTO "meeting_theme"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'meeting_theme' AND d.key = concat_ws(' / ', i."meeting_code", i."theme_code")
) AS new
USING ("meeting_code", "theme_code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "meeting_theme"
WHERE ("meeting_code", "theme_code") IN (SELECT "meeting_code", "theme_code" FROM outgoing);

-- How rows of action are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "code", "meeting_code", "territory_code", "type_code", "audience_code", "theme_code", "description", "source_url", "batch_id" FROM "action" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "code" FROM "action" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "meeting_code", "territory_code", "type_code", "audience_code", "theme_code", "description", "source_url" FROM "action") AS x
),
new AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "meeting_code", "territory_code", "type_code", "audience_code", "theme_code", "description", "source_url" FROM incoming) AS x
)
SELECT 'action', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'action', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o."code";

MERGE INTO "action"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'action' AND d.key = i."code"
) AS new
USING ("code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "action"
WHERE ("code") IN (SELECT "code" FROM outgoing);

-- How rows of draft are written.
CREATE OR REPLACE TEMP TABLE incoming AS SELECT "code", "name", "content", "network_code", "reasons", "text", "batch_id" FROM "draft" LIMIT 0;
INSERT INTO incoming BY NAME FROM incoming_rows;
CREATE OR REPLACE TEMP TABLE outgoing AS SELECT "code" FROM "draft" LIMIT 0;
INSERT INTO outgoing BY NAME FROM outgoing_rows;

INSERT INTO difference
WITH old AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "name", "content", "network_code", "reasons" FROM "draft") AS x
),
new AS (
    SELECT x."code" AS key, to_json(x) AS record
    FROM (SELECT "code", "name", "content", "network_code", "reasons" FROM incoming) AS x
)
SELECT 'draft', new.key, old.record, new.record
FROM new
LEFT JOIN old ON old.key = new.key
WHERE old.record IS DISTINCT FROM new.record
UNION ALL
SELECT 'draft', old.key, old.record, NULL
FROM outgoing AS o
JOIN old ON old.key = o."code";

MERGE INTO "draft"
USING (
    SELECT i.*
    FROM incoming AS i
    SEMI JOIN difference AS d ON d.table_name = 'draft' AND d.key = i."code"
) AS new
USING ("code")
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;

DELETE FROM "draft"
WHERE ("code") IN (SELECT "code" FROM outgoing);

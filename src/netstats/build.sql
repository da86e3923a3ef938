-- Run once by store.build, after the validated rows (networks, own bodies, meetings …) are in:
-- the official geography from $reference, then what follows from it.

INSERT INTO region BY NAME
SELECT code, name
FROM read_csv($reference || '/regions.csv', header = true, all_varchar = true, quote = '"', escape = '"');

INSERT INTO department BY NAME
SELECT code, name, region_code
FROM read_csv($reference || '/departments.csv', header = true, all_varchar = true, quote = '"', escape = '"');

INSERT INTO territory BY NAME
SELECT
    code, 'commune' AS kind, name, population::BIGINT AS population, lon::DOUBLE AS lon, lat::DOUBLE AS lat,
    department_code
FROM read_csv($reference || '/communes.csv', header = true, all_varchar = true, quote = '"', escape = '"');

INSERT INTO territory BY NAME
SELECT code, kind, name, population::BIGINT AS population, lon::DOUBLE AS lon, lat::DOUBLE AS lat
FROM read_csv($reference || '/intercommunalities.csv', header = true, all_varchar = true, quote = '"', escape = '"');

INSERT INTO territory BY NAME
SELECT
    d.code, 'department' AS kind, d.name, sum(c.population)::BIGINT AS population,
    avg(c.lon) AS lon, avg(c.lat) AS lat, d.code AS department_code
FROM department AS d
JOIN territory AS c ON c.kind = 'commune' AND c.department_code = d.code
GROUP BY d.code, d.name;

INSERT INTO territory_commune
SELECT intercommunality_code, commune_code
FROM read_csv(
    $reference || '/intercommunality_communes.csv', header = true, all_varchar = true, quote = '"', escape = '"'
)
UNION ALL
SELECT code, code FROM territory WHERE kind = 'commune'
UNION ALL
SELECT department_code, code FROM territory WHERE kind = 'commune';

INSERT INTO territory_alias BY NAME
SELECT territory_code, name
FROM read_csv($reference || '/aliases.csv', header = true, all_varchar = true, quote = '"', escape = '"');

INSERT INTO territory_department
SELECT DISTINCT tc.territory_code, c.department_code
FROM territory_commune AS tc
JOIN territory AS c ON c.code = tc.commune_code AND c.kind = 'commune';

-- The main department is the one where most of its inhabitants live.
UPDATE territory
SET department_code = main.department_code
FROM (
    SELECT territory_code, arg_max(department_code, inhabitants) AS department_code
    FROM (
        SELECT tc.territory_code, c.department_code, coalesce(sum(c.population), 0) AS inhabitants
        FROM territory_commune AS tc
        JOIN territory AS c ON c.code = tc.commune_code
        GROUP BY ALL
    )
    GROUP BY territory_code
) AS main
WHERE main.territory_code = territory.code AND territory.department_code IS NULL;

-- The inhabitants and the place of a CISPD follow from the communes it names.
UPDATE territory
SET population = own.population, lon = own.lon, lat = own.lat
FROM (
    SELECT
        tc.territory_code,
        sum(c.population)::BIGINT AS population,
        sum(c.lon * c.population) / sum(c.population) FILTER (c.lon IS NOT NULL) AS lon,
        sum(c.lat * c.population) / sum(c.population) FILTER (c.lat IS NOT NULL) AS lat
    FROM territory_commune AS tc
    JOIN territory AS c ON c.code = tc.commune_code
    GROUP BY tc.territory_code
) AS own
WHERE own.territory_code = territory.code AND territory.kind IN ('CISPD', 'CLSPD');

-- Run once by store.build, after the validated rows (networks, own bodies, meetings …) are in:
-- the official geography from $reference. What follows from it is in derive.sql.

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
SELECT territory_code, name, true AS official
FROM read_csv($reference || '/aliases.csv', header = true, all_varchar = true, quote = '"', escape = '"');

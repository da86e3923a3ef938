-- What follows from the communes that a body covers, for all the bodies or, after a write, for those that changed.

DELETE FROM territory_department
WHERE $everywhere
   OR territory_code NOT IN (SELECT t.code FROM territory AS t WHERE t.kind NOT IN ('CISPD', 'CLSPD'));

INSERT INTO territory_department
SELECT DISTINCT tc.territory_code, c.department_code
FROM territory_commune AS tc
JOIN territory AS c ON c.code = tc.commune_code AND c.kind = 'commune'
JOIN territory AS t ON t.code = tc.territory_code
WHERE $everywhere OR t.kind IN ('CISPD', 'CLSPD');

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
WHERE main.territory_code = territory.code
  AND (territory.department_code IS NULL OR territory.kind IN ('CISPD', 'CLSPD'));

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

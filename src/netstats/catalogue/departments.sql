-- One row a department of the selection: who came from it, and how many of its inhabitants that covers.
WITH
scope AS (FROM scope_department($regions, $departments, $networks)),
chosen_attendance AS (FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
present AS (
    SELECT
        td.department_code,
        count(*) AS attendances,
        count(DISTINCT a.territory_code) AS territories
    FROM chosen_attendance AS a
    JOIN territory_department AS td ON td.territory_code = a.territory_code
    GROUP BY td.department_code
),
covered_commune AS (
    SELECT DISTINCT tc.commune_code AS code
    FROM territory_commune AS tc
    SEMI JOIN chosen_attendance AS a ON a.territory_code = tc.territory_code
),
-- Where no meeting of the selection says who came, nothing is known, and unknown is not zero.
known AS (
    SELECT count(*) = 0 OR bool_or(m.code IN (SELECT meeting_code FROM attendance)) AS attendance_known
    FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
),
coverage AS (
    SELECT
        c.department_code,
        coalesce(sum(c.population) FILTER (k.code IS NOT NULL), 0)::BIGINT AS population_covered,
        sum(c.population)::BIGINT AS population,
        count(k.code) AS communes_covered,
        count(*) AS communes
    FROM territory AS c
    SEMI JOIN scope AS s ON s.code = c.department_code
    LEFT JOIN covered_commune AS k ON k.code = c.code
    WHERE c.kind = 'commune'
    GROUP BY c.department_code
)
SELECT
    s.code, s.name, s.region_code, r.name AS region,
    CASE WHEN known.attendance_known THEN coalesce(p.territories, 0) END AS territories,
    CASE WHEN known.attendance_known THEN coalesce(p.attendances, 0) END AS attendances,
    CASE WHEN known.attendance_known THEN v.population_covered END AS population_covered,
    v.population,
    CASE WHEN known.attendance_known THEN v.population_covered / v.population END AS share_covered,
    CASE WHEN known.attendance_known THEN v.communes_covered END AS communes_covered,
    v.communes,
    CASE WHEN known.attendance_known THEN v.communes_covered / v.communes END AS share_communes
FROM scope AS s
CROSS JOIN known
JOIN region AS r ON r.code = s.region_code
JOIN coverage AS v ON v.department_code = s.code
LEFT JOIN present AS p ON p.department_code = s.code
ORDER BY share_covered DESC, s.code

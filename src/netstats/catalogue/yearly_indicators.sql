-- One row a calendar year, from the first to the last year with a dated meeting, empty years included.
WITH
chosen_meeting AS (
    SELECT code, year(held_on) AS year
    FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)
    WHERE held_on IS NOT NULL
),
by_meeting AS (
    SELECT
        year, count(*) AS meetings,
        bool_or(code IN (SELECT meeting_code FROM attendance)) AS attendance_known,
        bool_or(code IN (SELECT meeting_code FROM meeting_theme)) AS themes_known
    FROM chosen_meeting
    GROUP BY year
),
by_attendance AS (
    SELECT m.year, count(*) AS attendances, count(DISTINCT a.territory_code) AS territories
    FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
    JOIN chosen_meeting AS m ON m.code = a.meeting_code
    GROUP BY m.year
),
scope_commune AS (
    SELECT t.code, t.population
    FROM territory AS t
    SEMI JOIN scope_department($regions, $departments, $networks) AS d ON d.code = t.department_code
    WHERE t.kind = 'commune'
),
covered_commune AS (
    SELECT DISTINCT m.year, tc.commune_code AS code
    FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
    JOIN chosen_meeting AS m ON m.code = a.meeting_code
    JOIN territory_commune AS tc ON tc.territory_code = a.territory_code
),
by_coverage AS (
    SELECT k.year, sum(c.population)::BIGINT AS population_covered
    FROM covered_commune AS k
    JOIN scope_commune AS c ON c.code = k.code
    GROUP BY k.year
),
by_theme AS (
    SELECT m.year, count(DISTINCT mt.theme_code) AS themes
    FROM meeting_theme AS mt
    JOIN chosen_meeting AS m ON m.code = mt.meeting_code
    GROUP BY m.year
),
by_action AS (
    SELECT year(m.held_on) AS year, count(*) AS actions
    FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
    JOIN meeting AS m ON m.code = x.meeting_code
    WHERE m.held_on IS NOT NULL
    GROUP BY ALL
),
years AS (
    SELECT unnest(range(min(year), max(year) + 1)) AS year
    FROM (SELECT year FROM by_meeting UNION SELECT year FROM by_action)
)
SELECT
    years.year,
    coalesce(meetings, 0) AS meetings,
    -- A year whose meetings do not say who came, or on what, is unknown, not nil.
    CASE WHEN attendance_known IS NOT FALSE THEN coalesce(territories, 0) END AS territories,
    CASE WHEN attendance_known IS NOT FALSE THEN coalesce(attendances, 0) END AS attendances,
    CASE
        WHEN attendance_known IS NOT FALSE
        THEN coalesce(population_covered, 0) / (SELECT sum(population) FROM scope_commune)
    END AS share_covered,
    CASE WHEN themes_known IS NOT FALSE THEN coalesce(themes, 0) END AS themes,
    coalesce(actions, 0) AS actions
FROM years
LEFT JOIN by_meeting USING (year)
LEFT JOIN by_attendance USING (year)
LEFT JOIN by_coverage USING (year)
LEFT JOIN by_theme USING (year)
LEFT JOIN by_action USING (year)
ORDER BY years.year

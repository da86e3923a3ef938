-- The key figures, with of how many meetings each is known. $by_year: one row a calendar year from the first to the last
-- with something dated, empty years included; otherwise one row, of the whole selection (its year is NULL).
WITH
chosen_meeting AS (
    SELECT *, CASE WHEN $by_year THEN year(held_on) ELSE 0 END AS box
    FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)
    WHERE NOT $by_year OR held_on IS NOT NULL
),
-- As selected_attendance has them, of the meetings that are here already.
chosen_attendance AS (
    SELECT m.box, a.meeting_code, a.territory_code
    FROM attendance AS a
    JOIN chosen_meeting AS m ON m.code = a.meeting_code
    SEMI JOIN selected_territory($regions, $departments, $kinds) AS t ON t.code = a.territory_code
),
chosen_action AS (
    SELECT x.*, CASE WHEN $by_year THEN year(m.held_on) ELSE 0 END AS box
    FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
    JOIN meeting AS m ON m.code = x.meeting_code
    WHERE NOT $by_year OR m.held_on IS NOT NULL
),
boxes AS (
    SELECT unnest(CASE WHEN $by_year THEN range(min(box), max(box) + 1) ELSE [0] END) AS box
    FROM (SELECT box FROM chosen_meeting UNION SELECT box FROM chosen_action)
),
scope_commune AS (
    SELECT t.code, t.population
    FROM territory AS t
    SEMI JOIN scope_department($regions, $departments, $networks) AS d ON d.code = t.department_code
    WHERE t.kind = 'commune'
),
covered_commune AS (
    SELECT DISTINCT a.box, tc.commune_code AS code
    FROM territory_commune AS tc
    JOIN (SELECT DISTINCT box, territory_code FROM chosen_attendance) AS a ON a.territory_code = tc.territory_code
),
meeting_figures AS (
    SELECT
        box,
        count(*) AS meetings,
        coalesce(sum(sessions), 0)::BIGINT AS sessions,
        count(*) FILTER (held_on IS NULL) AS undated_meetings,
        sum(participants)::BIGINT AS participants,
        count(participants) AS participants_known_meetings,
        coalesce(bool_or(participants_precision IN ('about', 'at_least')), false) AS participants_approximate,
        -- Known is whose list of who came is known, were it only of others than the selected territories.
        count(*) FILTER (code IN (SELECT meeting_code FROM attendance)) AS attended_meetings
    FROM chosen_meeting
    GROUP BY box
),
attendance_figures AS (
    SELECT box, count(DISTINCT territory_code) AS territories, count(*) AS attendances
    FROM chosen_attendance
    GROUP BY box
),
coverage_figures AS (
    SELECT k.box, sum(c.population)::BIGINT AS population_covered
    FROM covered_commune AS k
    JOIN scope_commune AS c ON c.code = k.code
    GROUP BY k.box
),
theme_figures AS (
    SELECT m.box, count(DISTINCT mt.theme_code) AS themes, count(DISTINCT mt.meeting_code) AS themed_meetings
    FROM meeting_theme AS mt
    JOIN chosen_meeting AS m ON m.code = mt.meeting_code
    GROUP BY m.box
),
action_figures AS (
    SELECT box, count(*) AS actions, count(territory_code) AS located_actions
    FROM chosen_action
    GROUP BY box
),
-- What only an unknown keeps out of the whole selection.
left_out AS (
    SELECT
        (
            SELECT count(*)
            FROM possible_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS p
            ANTI JOIN chosen_meeting AS m ON m.code = p.code
            WHERE NOT $by_year
        ) AS uncertain_meetings,
        (
            SELECT count(*)
            FROM action AS x
            SEMI JOIN selected_meeting($since, $until, $regions, $departments, $networks, $kinds, NULL, $formats) AS m
                ON m.code = x.meeting_code
            ANTI JOIN chosen_action AS c ON c.code = x.code
            WHERE NOT $by_year
              AND x.territory_code IS NULL
              AND ($themes IS NULL OR list_contains($themes::VARCHAR[], x.theme_code))
        ) AS unlocated_actions
),
counted AS (
    SELECT
        box,
        coalesce(meetings, 0) AS meetings,
        coalesce(sessions, 0) AS sessions,
        coalesce(undated_meetings, 0) AS undated_meetings,
        participants,
        coalesce(participants_known_meetings, 0) AS participants_known_meetings,
        coalesce(participants_approximate, false) AS participants_approximate,
        coalesce(territories, 0) AS territories,
        coalesce(attendances, 0) AS attendances,
        coalesce(attended_meetings, 0) AS attended_meetings,
        coalesce(population_covered, 0) AS population_covered,
        (SELECT sum(population)::BIGINT FROM scope_commune) AS population,
        coalesce(themes, 0) AS themes,
        coalesce(themed_meetings, 0) AS themed_meetings,
        coalesce(actions, 0) AS actions,
        coalesce(located_actions, 0) AS located_actions
    FROM boxes
    LEFT JOIN meeting_figures USING (box)
    LEFT JOIN attendance_figures USING (box)
    LEFT JOIN coverage_figures USING (box)
    LEFT JOIN theme_figures USING (box)
    LEFT JOIN action_figures USING (box)
)
SELECT
    nullif(box, 0) AS year,
    meetings, sessions, undated_meetings, uncertain_meetings,
    -- Nothing is known where no meeting says who came, or on what: unknown is not zero.
    CASE WHEN meetings = 0 OR attended_meetings > 0 THEN territories END AS territories,
    CASE WHEN meetings = 0 OR attended_meetings > 0 THEN attendances END AS attendances,
    attended_meetings,
    participants, participants_known_meetings, participants_approximate,
    CASE WHEN meetings = 0 OR attended_meetings > 0 THEN population_covered END AS population_covered,
    population,
    CASE WHEN meetings = 0 OR attended_meetings > 0 THEN population_covered / population END AS share_covered,
    CASE WHEN meetings = 0 OR themed_meetings > 0 THEN themes END AS themes,
    themed_meetings, actions, located_actions, unlocated_actions
FROM counted, left_out
ORDER BY box

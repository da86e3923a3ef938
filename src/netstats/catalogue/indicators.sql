-- One row: the figures at the top of the overview, with of how many meetings each is known.
WITH
chosen_meeting AS (FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
chosen_attendance AS (FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
chosen_action AS (FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
scope_commune AS (
    SELECT t.code, t.population
    FROM territory AS t
    SEMI JOIN scope_department($regions, $departments, $networks) AS d ON d.code = t.department_code
    WHERE t.kind = 'commune'
),
covered_commune AS (
    SELECT DISTINCT tc.commune_code AS code
    FROM territory_commune AS tc
    SEMI JOIN chosen_attendance AS a ON a.territory_code = tc.territory_code
),
meeting_figures AS (
    SELECT
        count(*) AS meetings,
        coalesce(sum(sessions), 0)::BIGINT AS sessions,
        count(*) FILTER (held_on IS NULL) AS undated_meetings,
        sum(participants)::BIGINT AS participants,
        count(participants) AS participants_known_meetings,
        coalesce(bool_or(participants_precision IN ('about', 'at_least')), false) AS participants_approximate
    FROM chosen_meeting
),
attendance_figures AS (
    SELECT
        count(DISTINCT territory_code) AS territories,
        count(*) AS attendances
    FROM chosen_attendance
),
-- Known is whose list of who came is known, were it only of others than the selected territories.
known_figures AS (
    SELECT count(DISTINCT a.meeting_code) AS attended_meetings
    FROM attendance AS a
    SEMI JOIN chosen_meeting AS m ON m.code = a.meeting_code
),
coverage_figures AS (
    SELECT
        coalesce(sum(c.population) FILTER (k.code IS NOT NULL), 0)::BIGINT AS population_covered,
        sum(c.population)::BIGINT AS population
    FROM scope_commune AS c
    LEFT JOIN covered_commune AS k ON k.code = c.code
),
theme_figures AS (
    SELECT count(DISTINCT mt.theme_code) AS themes, count(DISTINCT mt.meeting_code) AS themed_meetings
    FROM meeting_theme AS mt
    SEMI JOIN chosen_meeting AS m ON m.code = mt.meeting_code
),
action_figures AS (
    SELECT count(*) AS actions, count(territory_code) AS located_actions
    FROM chosen_action
),
-- What only an unknown keeps out of the selection.
left_out AS (
    SELECT
        (
            SELECT count(*)
            FROM possible_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS p
            ANTI JOIN chosen_meeting AS m ON m.code = p.code
        ) AS uncertain_meetings,
        (
            SELECT count(*)
            FROM action AS x
            SEMI JOIN selected_meeting($since, $until, $regions, $departments, $networks, $kinds, NULL, $formats) AS m
                ON m.code = x.meeting_code
            ANTI JOIN chosen_action AS c ON c.code = x.code
            WHERE x.territory_code IS NULL
              AND ($themes IS NULL OR list_contains($themes::VARCHAR[], x.theme_code))
        ) AS unlocated_actions
)
SELECT
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
FROM left_out, meeting_figures, attendance_figures, known_figures, coverage_figures, theme_figures, action_figures

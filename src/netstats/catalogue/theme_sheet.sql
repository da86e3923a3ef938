-- One row: the theme, and how much of the selection is about it; no row when there is no such theme.
WITH
chosen AS (FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
on_it AS (SELECT m.* FROM chosen AS m JOIN meeting_theme AS mt ON mt.meeting_code = m.code WHERE mt.theme_code = $subject),
came AS (
    SELECT
        count(DISTINCT a.territory_code) AS territories,
        (SELECT count(*) FROM on_it WHERE code IN (SELECT meeting_code FROM attendance)) AS attended_meetings
    FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
    SEMI JOIN on_it AS m ON m.code = a.meeting_code
),
told AS (
    SELECT count(*) AS actions
    FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
    WHERE x.theme_code = $subject
),
known AS (SELECT count(*) AS meetings FROM chosen WHERE code IN (SELECT meeting_code FROM meeting_theme)),
seen AS (
    SELECT
        count(*) AS meetings, count(DISTINCT network_code) AS networks,
        min(known_date(held_on, date_precision)) AS first_seen,
        max(known_date(held_on, date_precision)) AS last_seen
    FROM on_it
)
SELECT
    th.code, th.name, th.short_name, f.name AS family, f.rank AS family_rank,
    seen.meetings, known.meetings AS themed_meetings,
    seen.meetings / nullif(known.meetings, 0) AS share,
    seen.networks,
    -- Of meetings that do not say who came, nobody knows.
    CASE WHEN seen.meetings = 0 OR came.attended_meetings > 0 THEN came.territories END AS territories,
    came.attended_meetings, told.actions, seen.first_seen, seen.last_seen
FROM theme AS th
JOIN theme_family AS f ON f.code = th.family_code
CROSS JOIN seen
CROSS JOIN known
CROSS JOIN came
CROSS JOIN told
WHERE th.code = $subject

-- One row a quarter, half-year or year of the selection, nil included: who came for the first time ever, who came again.
WITH
-- The first ever, whatever the selection: who came for another theme, or to another network, is no newcomer.
arrival AS (
    SELECT a.territory_code, min(m.held_on) AS first_on
    FROM attendance AS a
    JOIN meeting AS m ON m.code = a.meeting_code
    WHERE m.status = 'held' AND m.held_on IS NOT NULL
    GROUP BY a.territory_code
),
chosen AS (
    SELECT a.territory_code, m.held_on, m.date_precision, m.held_on = r.first_on AS is_first
    FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
    JOIN meeting AS m ON m.code = a.meeting_code
    JOIN arrival AS r ON r.territory_code = a.territory_code
    WHERE m.held_on IS NOT NULL
),
placed AS (FROM placed_in_time('chosen')),
seen AS (SELECT territory_code, period_start, bool_or(is_first) AS is_new FROM placed GROUP BY ALL),
periods AS (FROM periods_of('placed'))
SELECT
    p.period_start, p.period_label,
    count(*) FILTER (s.is_new) AS newcomers,
    count(*) FILTER (NOT s.is_new) AS returning
FROM periods AS p
LEFT JOIN seen AS s ON s.period_start = p.period_start
GROUP BY p.period_start, p.period_label
ORDER BY p.period_start

-- One row a type of action and period, nil included, by the date of the meeting that told it.
WITH
chosen AS (
    SELECT x.type_code, m.held_on, m.date_precision
    FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
    JOIN meeting AS m ON m.code = x.meeting_code
    WHERE m.held_on IS NOT NULL
),
placed AS (FROM placed_in_time('chosen')),
periods AS (FROM periods_of('placed'))
SELECT
    y.code AS type_code, y.name AS type, p.period_start,
    p.period_label,
    count(x.type_code) AS actions
FROM action_type AS y
CROSS JOIN periods AS p
LEFT JOIN placed AS x ON x.type_code = y.code AND x.period_start = p.period_start
WHERE y.code IN (SELECT type_code FROM placed)
GROUP BY y.code, y.name, y.rank, p.period_start, p.period_label
ORDER BY y.rank, y.code, p.period_start

-- One row a network and period, nil included, when there are too many meetings to draw each.
WITH
chosen AS (
    SELECT n.name AS network, m.held_on, m.date_precision
    FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
    JOIN network AS n ON n.code = m.network_code
    WHERE m.held_on IS NOT NULL
),
grain AS (SELECT grain_months(min(held_on), max(held_on), bool_or(date_precision = 'year')) AS months FROM chosen),
placed AS (SELECT network, grain_start(held_on, months) AS period_start FROM chosen, grain),
periods AS (
    SELECT unnest(generate_series(min(period_start), max(period_start), to_months(any_value(months))))::DATE AS period_start
    FROM placed, grain
)
SELECT
    n.network, p.period_start, grain_label(p.period_start, any_value(months)) AS period_label,
    count(x.network) AS meetings
FROM (SELECT DISTINCT network FROM placed) AS n
CROSS JOIN periods AS p
CROSS JOIN grain
LEFT JOIN placed AS x ON x.network = n.network AND x.period_start = p.period_start
GROUP BY n.network, p.period_start
ORDER BY n.network COLLATE nocase.noaccent, p.period_start

-- One row a network and period, nil included, when there are too many meetings to draw each: quarters over four
-- years or less, half-years up to ten, years beyond or when a date is known to the year only.
WITH
chosen AS (
    SELECT n.name AS network, m.held_on, m.date_precision
    FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
    JOIN network AS n ON n.code = m.network_code
    WHERE m.held_on IS NOT NULL
),
grain AS (
    SELECT CASE
        WHEN bool_or(date_precision = 'year') THEN 12
        WHEN max(year(held_on)) - min(year(held_on)) < 4 THEN 3
        WHEN max(year(held_on)) - min(year(held_on)) < 10 THEN 6
        ELSE 12
    END AS months
    FROM chosen
),
placed AS (
    SELECT network, make_date(year(held_on), 1 + (month(held_on) - 1) // months * months, 1) AS period_start
    FROM chosen, grain
),
periods AS (
    SELECT unnest(generate_series(min(period_start), max(period_start), to_months(any_value(months))))::DATE AS period_start
    FROM placed, grain
)
SELECT
    n.network, p.period_start,
    CASE any_value(months)
        WHEN 3 THEN 'T' || quarter(p.period_start) || ' ' || year(p.period_start)
        WHEN 6 THEN 'S' || (1 + (month(p.period_start) - 1) // 6) || ' ' || year(p.period_start)
        ELSE year(p.period_start)::VARCHAR
    END AS period_label,
    count(x.network) AS meetings
FROM (SELECT DISTINCT network FROM placed) AS n
CROSS JOIN periods AS p
CROSS JOIN grain
LEFT JOIN placed AS x ON x.network = n.network AND x.period_start = p.period_start
GROUP BY n.network, p.period_start
ORDER BY n.network COLLATE nocase.noaccent, p.period_start

-- One row a network and period, nil included, when there are too many meetings to draw each.
WITH
chosen AS (
    SELECT n.name AS network, m.held_on, m.date_precision
    FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
    JOIN network AS n ON n.code = m.network_code
    WHERE m.held_on IS NOT NULL
),
placed AS (FROM placed_in_time('chosen')),
periods AS (FROM periods_of('placed'))
SELECT
    n.network, p.period_start, p.period_label,
    count(x.network) AS meetings
FROM (SELECT DISTINCT network FROM placed) AS n
CROSS JOIN periods AS p
LEFT JOIN placed AS x ON x.network = n.network AND x.period_start = p.period_start
GROUP BY n.network, p.period_start, p.period_label
ORDER BY n.network COLLATE nocase.noaccent, p.period_start

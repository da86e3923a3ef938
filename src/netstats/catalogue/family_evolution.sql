-- One row a family of themes and period, nil included; a meeting on several themes of a family counts once for it.
WITH
chosen AS (
    SELECT DISTINCT
        th.family_code AS code, m.code AS meeting_code, m.held_on,
        if($by_year, 'year', m.date_precision) AS date_precision -- what is known to the year makes the axis one of years
    FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
    JOIN meeting_theme AS mt ON mt.meeting_code = m.code
    JOIN theme AS th ON th.code = mt.theme_code
    WHERE m.held_on IS NOT NULL
),
placed AS (FROM placed_in_time('chosen')),
periods AS (FROM periods_of('placed')),
known AS (SELECT period_start, count(DISTINCT meeting_code) AS meetings FROM placed GROUP BY period_start)
SELECT
    f.code, f.name, f.rank AS family_rank,
    p.period_start, p.period_label,
    count(x.code) AS meetings,
    coalesce(any_value(known.meetings), 0) AS themed_meetings,
    count(x.code) / any_value(known.meetings) AS share -- NULL: no meeting of that period says its themes
FROM (SELECT DISTINCT code FROM placed) AS met
JOIN theme_family AS f ON f.code = met.code
CROSS JOIN periods AS p
LEFT JOIN known ON known.period_start = p.period_start
LEFT JOIN placed AS x ON x.code = f.code AND x.period_start = p.period_start
GROUP BY f.code, f.name, f.rank, p.period_start, p.period_label
ORDER BY f.rank, f.code, p.period_start

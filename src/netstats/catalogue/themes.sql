-- One row a theme of the selection; its share is of the meetings whose themes are known.
WITH
chosen AS (
    SELECT mt.theme_code, mt.meeting_code, m.held_on, m.date_precision
    FROM meeting_theme AS mt
    JOIN selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m ON m.code = mt.meeting_code
),
known AS (SELECT count(DISTINCT meeting_code) AS meetings FROM chosen)
SELECT
    th.code, th.name, th.short_name, f.name AS family, f.rank AS family_rank,
    count(*) AS meetings,
    any_value(known.meetings) AS themed_meetings,
    count(*) / any_value(known.meetings) AS share,
    min(known_date(c.held_on, c.date_precision)) AS first_seen,
    max(known_date(c.held_on, c.date_precision)) AS last_seen
FROM chosen AS c
JOIN theme AS th ON th.code = c.theme_code
JOIN theme_family AS f ON f.code = th.family_code
CROSS JOIN known
GROUP BY th.code, th.name, th.short_name, f.name, f.rank
ORDER BY meetings DESC, f.rank, th.name COLLATE nocase.noaccent

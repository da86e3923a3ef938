-- One row a pair of themes that the same meeting met, the most frequent first.
WITH
chosen AS (
    SELECT mt.meeting_code, mt.theme_code
    FROM meeting_theme AS mt
    SEMI JOIN selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
        ON m.code = mt.meeting_code
),
alone AS (SELECT theme_code, count(*) AS meetings FROM chosen GROUP BY theme_code),
pair AS (
    SELECT a.theme_code AS first_code, b.theme_code AS second_code, count(*) AS meetings
    FROM chosen AS a
    JOIN chosen AS b ON b.meeting_code = a.meeting_code AND b.theme_code > a.theme_code
    GROUP BY ALL
)
SELECT
    p.first_code || '+' || p.second_code AS code,
    p.first_code, one.name AS first, p.second_code, other.name AS second,
    one.short_name || ' + ' || other.short_name AS pair,
    p.meetings, a.meetings AS first_meetings, b.meetings AS second_meetings
FROM pair AS p
JOIN theme AS one ON one.code = p.first_code
JOIN theme AS other ON other.code = p.second_code
JOIN alone AS a ON a.theme_code = p.first_code
JOIN alone AS b ON b.theme_code = p.second_code
ORDER BY p.meetings DESC, pair COLLATE nocase.noaccent, code

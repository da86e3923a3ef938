-- One row a territory of the selection: at how many of its networks' meetings it was since it first came.
WITH
chosen AS (FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
-- Wherever they are: a department's territories are absent from meetings where nobody of the department was, too.
network_meeting AS (
    SELECT m.*
    FROM selected_meeting(NULL, NULL, NULL, NULL, $networks, NULL, $themes, $formats) AS m
    WHERE m.held_on IS NOT NULL AND m.code IN (SELECT meeting_code FROM attendance)
),
expected_meeting AS (
    SELECT n.code, n.network_code, n.held_on
    FROM network_meeting AS n
    SEMI JOIN selected_meeting($since, $until, NULL, NULL, $networks, NULL, $themes, $formats) AS m ON m.code = n.code
),
arrival AS (
    SELECT a.territory_code, n.network_code, min(n.held_on) AS first_on
    FROM attendance AS a
    JOIN network_meeting AS n ON n.code = a.meeting_code
    SEMI JOIN chosen AS c ON c.territory_code = a.territory_code
    GROUP BY ALL
),
regularity AS (
    SELECT
        r.territory_code, count(*) AS expected, count(a.meeting_code) AS attended
    FROM arrival AS r
    JOIN expected_meeting AS e ON e.network_code = r.network_code AND e.held_on >= r.first_on
    LEFT JOIN attendance AS a ON a.meeting_code = e.code AND a.territory_code = r.territory_code
    GROUP BY r.territory_code
),
present AS (
    SELECT
        c.territory_code, count(*) AS attendances,
        min(known_date(m.held_on, m.date_precision)) AS first_seen,
        max(known_date(m.held_on, m.date_precision)) AS last_seen
    FROM chosen AS c
    JOIN meeting AS m ON m.code = c.meeting_code
    GROUP BY c.territory_code
)
SELECT
    t.code, t.name, t.kind, d.name AS department, p.attendances,
    g.attended, g.expected, g.attended / g.expected AS share_attended, p.first_seen, p.last_seen
FROM present AS p
JOIN territory AS t ON t.code = p.territory_code
JOIN department AS d ON d.code = t.department_code
LEFT JOIN regularity AS g ON g.territory_code = p.territory_code
ORDER BY p.attendances DESC, share_attended DESC NULLS LAST, t.name COLLATE nocase.noaccent, t.code

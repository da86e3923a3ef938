-- One row a territory of the selection and a meeting of the network $subject: was it there? NULL: nobody says who came.
WITH
network_meeting AS (FROM selected_meeting($since, $until, NULL, NULL, [$subject], NULL, $themes, $formats)),
present AS (
    SELECT a.territory_code, a.meeting_code
    FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
    SEMI JOIN network_meeting AS m ON m.code = a.meeting_code
),
came AS (SELECT territory_code, count(*) AS attendances FROM present GROUP BY territory_code)
SELECT
    t.code, t.name, t.kind, c.attendances,
    m.code AS meeting_code, m.title, m.held_on, m.date_precision,
    CASE
        WHEN p.meeting_code IS NOT NULL THEN true
        WHEN m.code IN (SELECT meeting_code FROM attendance) THEN false
    END AS present
FROM came AS c
JOIN territory AS t ON t.code = c.territory_code
CROSS JOIN network_meeting AS m
LEFT JOIN present AS p ON p.territory_code = c.territory_code AND p.meeting_code = m.code
ORDER BY c.attendances DESC, t.name COLLATE nocase.noaccent, t.code, m.held_on NULLS LAST, m.code

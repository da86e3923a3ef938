-- One row a territory of the selection to call back: it came, and was absent from the last two meetings of its
-- networks, or for twelve months.
WITH
came AS (FROM selected_attendance(NULL, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
network_meeting AS (
    SELECT m.*
    FROM selected_meeting(NULL, $until, NULL, NULL, $networks, NULL, $themes, $formats) AS m
    WHERE m.held_on IS NOT NULL AND m.held_on <= $as_of::DATE AND m.code IN (SELECT meeting_code FROM attendance)
),
latest AS (
    SELECT code, network_code
    FROM network_meeting
    QUALIFY row_number() OVER (PARTITION BY network_code ORDER BY held_on DESC, code DESC) <= 2
),
own_network AS (
    SELECT DISTINCT c.territory_code, m.network_code
    FROM came AS c JOIN meeting AS m ON m.code = c.meeting_code
),
-- Of the networks that have two such meetings; without one, absence cannot be said.
recent AS (
    SELECT o.territory_code, count(a.meeting_code) AS attended
    FROM own_network AS o
    JOIN latest AS l ON l.network_code = o.network_code
    LEFT JOIN attendance AS a ON a.meeting_code = l.code AND a.territory_code = o.territory_code
    WHERE l.network_code IN (SELECT network_code FROM latest GROUP BY network_code HAVING count(*) = 2)
    GROUP BY o.territory_code
),
last_seen AS (
    SELECT
        c.territory_code, count(*) AS attendances,
        max(m.held_on) AS last_on,
        max(last_possible_day(m.held_on, m.date_precision)) AS surely_until,
        arg_max(m.code, (m.held_on, m.code)) FILTER (m.held_on IS NOT NULL) AS meeting_code
    FROM came AS c JOIN meeting AS m ON m.code = c.meeting_code
    GROUP BY c.territory_code
),
missed AS (
    SELECT o.territory_code, count(*) AS meetings
    FROM own_network AS o
    JOIN last_seen AS s ON s.territory_code = o.territory_code
    JOIN network_meeting AS m ON m.network_code = o.network_code AND m.held_on > s.last_on
    GROUP BY o.territory_code
),
named AS (
    SELECT o.territory_code, string_agg(n.name, ' · ' ORDER BY n.name COLLATE nocase.noaccent, n.code) AS networks
    FROM own_network AS o JOIN network AS n ON n.code = o.network_code
    GROUP BY o.territory_code
),
subject AS (
    SELECT mt.meeting_code, string_agg(th.name, ' · ' ORDER BY f.rank, th.name) AS themes
    FROM meeting_theme AS mt
    JOIN theme AS th ON th.code = mt.theme_code
    JOIN theme_family AS f ON f.code = th.family_code
    GROUP BY mt.meeting_code
)
SELECT
    t.code, t.name, t.kind, d.name AS department, named.networks, s.attendances,
    known_date(m.held_on, m.date_precision) AS last_seen,
    datediff('month', s.last_on, $as_of::DATE) AS months,
    coalesce(missed.meetings, 0) AS missed,
    m.code AS meeting_code, m.title AS meeting, subject.themes
FROM last_seen AS s
JOIN territory AS t ON t.code = s.territory_code
JOIN department AS d ON d.code = t.department_code
JOIN named ON named.territory_code = s.territory_code
LEFT JOIN meeting AS m ON m.code = s.meeting_code
LEFT JOIN recent ON recent.territory_code = s.territory_code
LEFT JOIN missed ON missed.territory_code = s.territory_code
LEFT JOIN subject ON subject.meeting_code = s.meeting_code
WHERE recent.attended = 0 OR s.surely_until < $as_of::DATE - INTERVAL 12 MONTH
ORDER BY s.attendances DESC, s.last_on DESC NULLS LAST, t.name COLLATE nocase.noaccent, t.code

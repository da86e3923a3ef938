-- One row a territory of the selection to call back: it came, and was absent from the last two meetings of its
-- networks, or for twelve months.
WITH
-- The chosen themes and formats say who is in the list, not when it came last.
listed AS (
    SELECT DISTINCT territory_code
    FROM selected_attendance(NULL, $until, $regions, $departments, $networks, $kinds, $themes, $formats)
),
came AS (
    SELECT a.*
    FROM selected_attendance(NULL, $until, $regions, $departments, $networks, $kinds, NULL, NULL) AS a
    SEMI JOIN listed AS l ON l.territory_code = a.territory_code
),
network_meeting AS (
    SELECT m.*
    FROM selected_meeting(NULL, $until, NULL, NULL, $networks, NULL, NULL, NULL) AS m
    WHERE m.held_on IS NOT NULL AND m.held_on <= $as_of::DATE AND m.code IN (SELECT meeting_code FROM attendance)
),
-- The last two of a network; a year alone does not say which they are.
latest AS (
    SELECT network_code, min(held_on) AS since, count(*) AS meetings
    FROM (
        SELECT network_code, held_on
        FROM network_meeting
        WHERE date_precision <> 'year'
        QUALIFY row_number() OVER (PARTITION BY network_code ORDER BY held_on DESC, code DESC) <= 2
    )
    GROUP BY network_code
),
own_network AS (
    SELECT c.territory_code, m.network_code, max(last_possible_day(m.held_on, m.date_precision)) AS last_possible
    FROM came AS c JOIN meeting AS m ON m.code = c.meeting_code
    GROUP BY ALL
),
-- Absence is said where a network has two such meetings; having come since the earlier one denies it, in any network.
recent AS (
    SELECT o.territory_code, bool_or(l.meetings = 2) AS can_tell, bool_or(o.last_possible >= l.since) AS came
    FROM own_network AS o
    JOIN latest AS l ON l.network_code = o.network_code
    GROUP BY o.territory_code
),
last_seen AS (
    SELECT
        c.territory_code, count(*) AS attendances,
        max(m.held_on) AS last_on,
        arg_max(m.date_precision, (m.held_on, m.code)) FILTER (m.held_on IS NOT NULL) AS precision,
        max(last_possible_day(m.held_on, m.date_precision)) AS surely_until,
        arg_max(m.code, (m.held_on, m.code)) FILTER (m.held_on IS NOT NULL) AS meeting_code
    FROM came AS c JOIN meeting AS m ON m.code = c.meeting_code
    GROUP BY c.territory_code
),
missed AS (
    SELECT o.territory_code, count(*) AS meetings
    FROM own_network AS o
    JOIN last_seen AS s ON s.territory_code = o.territory_code
    JOIN network_meeting AS m ON m.network_code = o.network_code AND m.held_on > s.surely_until
    GROUP BY o.territory_code
),
named AS (
    SELECT o.territory_code, string_agg(n.name, ' · ' ORDER BY n.name COLLATE nocase.noaccent, n.code) AS networks
    FROM own_network AS o JOIN network AS n ON n.code = o.network_code
    GROUP BY o.territory_code
)
SELECT
    t.code, t.name, t.kind, d.name AS department, named.networks, s.attendances,
    known_date(m.held_on, m.date_precision) AS last_seen,
    -- Whole months since the last day it can have been; a year alone does not say.
    CASE WHEN s.precision <> 'year' THEN greatest(datesub('month', s.surely_until, $as_of::DATE), 0) END AS months,
    CASE WHEN s.surely_until IS NOT NULL THEN coalesce(missed.meetings, 0) END AS missed, -- since when, nobody knows
    m.code AS meeting_code, m.title AS meeting, array_to_string(h.themes, ' · ') AS themes
FROM last_seen AS s
JOIN territory AS t ON t.code = s.territory_code
JOIN department AS d ON d.code = t.department_code
JOIN named ON named.territory_code = s.territory_code
LEFT JOIN meeting AS m ON m.code = s.meeting_code
LEFT JOIN recent ON recent.territory_code = s.territory_code
LEFT JOIN missed ON missed.territory_code = s.territory_code
LEFT JOIN themes_of('meeting') AS h ON h.meeting_code = s.meeting_code
WHERE (recent.can_tell AND recent.came IS NOT TRUE) OR s.surely_until < $as_of::DATE - INTERVAL 12 MONTH
ORDER BY s.attendances DESC, s.last_on DESC NULLS LAST, t.name COLLATE nocase.noaccent, t.code

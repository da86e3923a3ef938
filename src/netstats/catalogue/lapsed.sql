-- One row a territory of the selection to call back: a faithful one that the last two known meetings of a network of
-- its own, which still meets, did not see.
WITH
-- The chosen themes and formats say who is in the list, not when it came last.
listed AS (
    SELECT DISTINCT territory_code
    FROM selected_attendance(NULL, $until, $regions, $departments, $networks, $kinds, $themes, $formats)
),
came AS (
    SELECT a.territory_code, m.*, last_possible_day(m.held_on, m.date_precision) AS last_possible
    FROM selected_attendance(NULL, $until, $regions, $departments, $networks, $kinds, NULL, NULL) AS a
    SEMI JOIN listed AS l ON l.territory_code = a.territory_code
    JOIN meeting AS m ON m.code = a.meeting_code
),
network_meeting AS (
    SELECT m.*
    FROM selected_meeting(NULL, $until, NULL, NULL, $networks, NULL, NULL, NULL) AS m
    WHERE m.held_on IS NOT NULL AND m.held_on <= $as_of::DATE AND m.code IN (SELECT meeting_code FROM attendance)
),
-- The last two of a network that still meets; a year alone does not say which they are.
latest AS (
    SELECT network_code, min(held_on) AS since
    FROM (
        SELECT network_code, held_on
        FROM network_meeting
        WHERE date_precision <> 'year'
        QUALIFY row_number() OVER (PARTITION BY network_code ORDER BY held_on DESC, code DESC) <= 2
    )
    GROUP BY network_code
    HAVING count(*) = 2 AND max(held_on) >= $as_of::DATE - INTERVAL 24 MONTH
),
own_network AS (
    SELECT territory_code, network_code, max(held_on) AS last_on, max(last_possible) AS last_possible
    FROM came
    GROUP BY ALL
),
-- How often it came to each network in the 24 months that end with its last attendance there, and how often that met.
habit AS (
    SELECT o.territory_code, o.network_code, count(*) AS met, count(c.code) AS attended
    FROM own_network AS o
    JOIN network_meeting AS m
        ON m.network_code = o.network_code AND m.held_on <= o.last_on AND m.held_on > o.last_on - INTERVAL 24 MONTH
    LEFT JOIN came AS c ON c.territory_code = o.territory_code AND c.code = m.code
    GROUP BY o.territory_code, o.network_code
),
-- Faithful is twice, or once where its network met no more often. Having come since the earlier of the last two of any
-- of its networks denies that it is to be called back.
absent AS (
    SELECT
        o.territory_code,
        sum(h.attended) FILTER (h.attended >= 2 OR h.met = 1)::BIGINT AS attended,
        sum(h.met) FILTER (h.attended >= 2 OR h.met = 1)::BIGINT AS met
    FROM own_network AS o
    JOIN latest AS l ON l.network_code = o.network_code
    LEFT JOIN habit AS h ON h.territory_code = o.territory_code AND h.network_code = o.network_code
    GROUP BY o.territory_code
    HAVING bool_or(o.last_possible >= l.since) IS NOT TRUE
),
last_seen AS (
    SELECT
        territory_code, count(*) AS attendances,
        arg_max(date_precision, (held_on, code)) FILTER (held_on IS NOT NULL) AS precision,
        max(last_possible) AS surely_until,
        arg_max(code, (held_on, code)) FILTER (held_on IS NOT NULL) AS meeting_code
    FROM came
    GROUP BY territory_code
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
    t.code, t.name, t.kind, d.name AS department, named.networks, a.attended, a.met, s.attendances,
    known_date(m.held_on, m.date_precision) AS last_seen,
    -- Whole months since the last day it can have been; a year alone does not say.
    CASE WHEN s.precision <> 'year' THEN greatest(datesub('month', s.surely_until, $as_of::DATE), 0) END AS months,
    coalesce(missed.meetings, 0) AS missed,
    m.code AS meeting_code, m.title AS meeting, array_to_string(h.themes, ' · ') AS themes
FROM absent AS a
JOIN last_seen AS s ON s.territory_code = a.territory_code
JOIN territory AS t ON t.code = a.territory_code
JOIN department AS d ON d.code = t.department_code
JOIN named ON named.territory_code = a.territory_code
JOIN meeting AS m ON m.code = s.meeting_code
LEFT JOIN missed ON missed.territory_code = a.territory_code
LEFT JOIN themes_of('meeting') AS h ON h.meeting_code = s.meeting_code
WHERE a.attended > 0
ORDER BY a.attended DESC, a.attended / a.met DESC, m.held_on DESC, t.name COLLATE nocase.noaccent, t.code

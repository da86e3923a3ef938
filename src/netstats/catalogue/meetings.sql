-- One row a meeting of the selection, announced and cancelled ones included and marked; the latest first.
WITH
chosen_meeting AS (FROM matching_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
present AS (
    SELECT
        a.meeting_code,
        count(*) AS territories_all,
        count(*) FILTER (t.code IS NOT NULL) AS territories,
        list(y.name ORDER BY y.name COLLATE nocase.noaccent, y.code) FILTER (t.code IS NOT NULL) AS names,
        list(y.code ORDER BY y.name COLLATE nocase.noaccent, y.code) FILTER (t.code IS NOT NULL) AS codes
    FROM attendance AS a
    JOIN territory AS y ON y.code = a.territory_code
    SEMI JOIN chosen_meeting AS m ON m.code = a.meeting_code
    LEFT JOIN selected_territory($regions, $departments, $kinds) AS t ON t.code = a.territory_code
    GROUP BY a.meeting_code
)
SELECT
    m.code, m.held_on, m.date_precision, m.held_until, m.sessions, n.name AS network, m.kind, m.title, m.status,
    m.format, m.place,
    array_to_string(p.names, ' ; ') AS names, array_to_string(p.codes, ' ; ') AS territory_codes,
    p.territories, p.territories_all, -- NULL: nobody is named, which is not "nobody came"
    m.participants, m.participants_precision, m.participants_unit,
    array_to_string(s.themes, ' · ') AS themes,
    m.note, m.source_url
FROM chosen_meeting AS m
JOIN network AS n ON n.code = m.network_code
LEFT JOIN present AS p ON p.meeting_code = m.code
LEFT JOIN themes_of('chosen_meeting') AS s ON s.meeting_code = m.code
ORDER BY m.held_on DESC NULLS LAST, n.name COLLATE nocase.noaccent, m.code

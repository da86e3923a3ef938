-- One row a meeting of the selection where the territory $subject was; the latest first.
WITH
own_attendance AS (
    FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)
    WHERE territory_code = $subject
),
attended AS (FROM meeting WHERE code IN (SELECT meeting_code FROM own_attendance))
SELECT
    m.code, m.held_on, m.date_precision, n.name AS network, m.title,
    array_to_string(s.themes, ' · ') AS themes,
    a.printed_name, a.member, m.source_url
FROM own_attendance AS a
JOIN attended AS m ON m.code = a.meeting_code
JOIN network AS n ON n.code = m.network_code
LEFT JOIN themes_of('attended') AS s ON s.meeting_code = m.code
ORDER BY m.held_on DESC NULLS LAST, m.code

-- One row an attendance of the selection: who was at which meeting, as the source writes it; the latest first.
SELECT
    a.meeting_code, m.held_on, m.date_precision, n.name AS network, m.title,
    t.code AS territory_code, t.name AS territory, t.kind, d.name AS department, a.printed_name, a.member, m.source_url
FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
JOIN meeting AS m ON m.code = a.meeting_code
JOIN network AS n ON n.code = m.network_code
JOIN territory AS t ON t.code = a.territory_code
JOIN department AS d ON d.code = t.department_code
ORDER BY m.held_on DESC NULLS LAST, a.meeting_code, t.name COLLATE nocase.noaccent, t.code

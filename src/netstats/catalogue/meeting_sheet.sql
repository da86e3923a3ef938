-- One row: a meeting, whatever the selection; a count of what nobody wrote is unknown, not nil.
SELECT
    m.code, m.title, n.code AS network_code, n.name AS network, m.kind, m.status,
    m.held_on, m.date_precision, m.held_until, m.sessions, m.format, m.place,
    m.participants, m.participants_precision, m.participants_unit, m.open_to_non_members,
    (SELECT nullif(count(*), 0) FROM attendance AS a WHERE a.meeting_code = m.code) AS territories,
    (SELECT nullif(count(*), 0) FROM meeting_theme AS mt WHERE mt.meeting_code = m.code) AS themes,
    (SELECT count(*) FROM action AS x WHERE x.meeting_code = m.code) AS actions,
    m.note, m.source_url
FROM meeting AS m
JOIN network AS n ON n.code = m.network_code
WHERE m.code = $subject

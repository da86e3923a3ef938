-- One row a meeting held with nobody named, whatever the filters; the latest first.
SELECT m.code, m.held_on, m.date_precision, n.name AS network, m.title, m.source_url
FROM meeting AS m
JOIN network AS n ON n.code = m.network_code
WHERE m.status = 'held' AND m.code NOT IN (SELECT a.meeting_code FROM attendance AS a)
ORDER BY m.held_on DESC NULLS LAST, n.name COLLATE nocase.noaccent, m.code

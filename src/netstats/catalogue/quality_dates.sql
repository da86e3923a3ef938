-- One row a meeting held on a day that is not known, whatever the filters; those with no date at all first.
SELECT m.code, m.held_on, m.date_precision, n.name AS network, m.title, m.source_url
FROM meeting AS m
JOIN network AS n ON n.code = m.network_code
WHERE m.status = 'held' AND m.date_precision <> 'day'
ORDER BY m.held_on IS NOT NULL, m.date_precision <> 'year', m.held_on DESC, n.name COLLATE nocase.noaccent, m.code

-- One row a meeting still announced though the last day that it may have been held is over, whatever the filters; the
-- latest first. Without a date, nobody knows whether it is over.
SELECT m.code, m.held_on, m.date_precision, n.name AS network, m.title, m.source_url
FROM meeting AS m
JOIN network AS n ON n.code = m.network_code
WHERE m.status = 'announced'
  AND coalesce(m.held_until, last_possible_day(m.held_on, m.date_precision)) < $as_of::DATE
ORDER BY m.held_on DESC, n.name COLLATE nocase.noaccent, m.code

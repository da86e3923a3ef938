-- What meetings are called: by title and date, since many share a title.
SELECT code, title, held_on, date_precision
FROM meeting
WHERE code IN (SELECT unnest($codes::VARCHAR[]))

-- The meeting before and the one after in the same network, whatever the selection. Those without a date come after
-- all others, by code: their place says nothing of when they were held.
WITH placed AS (
    SELECT m.*, row_number() OVER (ORDER BY m.held_on NULLS LAST, m.code) AS rank
    FROM meeting AS m
    WHERE m.network_code = (SELECT network_code FROM meeting WHERE code = $subject)
)
SELECT
    CASE WHEN p.rank < here.rank THEN 'avant' ELSE 'après' END AS side,
    p.code, p.title, p.held_on, p.date_precision, p.held_until, p.status
FROM placed AS p
JOIN placed AS here ON here.code = $subject AND abs(p.rank - here.rank) = 1
ORDER BY p.rank

-- The networks that have a meeting, held or not, dated or not, and whether each is regional or national.
SELECT code, scope
FROM network
WHERE code IN (SELECT network_code FROM meeting)
ORDER BY code

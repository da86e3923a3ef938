-- One row a territory that was at a meeting, whatever the selection.
SELECT
    t.code, t.name, t.kind, d.name AS department, t.population, a.printed_name, a.member
FROM attendance AS a
JOIN territory AS t ON t.code = a.territory_code
LEFT JOIN department AS d ON d.code = t.department_code
WHERE a.meeting_code = $subject
ORDER BY t.name COLLATE nocase.noaccent, t.code

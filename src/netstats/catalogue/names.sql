-- What a code is called: one row a code of a table that others refer to.
SELECT 'network' AS table_name, code, name FROM network
UNION ALL SELECT 'theme_family', code, name FROM theme_family
UNION ALL SELECT 'theme', code, name FROM theme
UNION ALL SELECT 'action_type', code, name FROM action_type
UNION ALL SELECT 'audience', code, name FROM audience
UNION ALL SELECT 'region', code, name FROM region
-- Many communes share a name: the department tells them apart.
UNION ALL
SELECT 'territory', code, CASE kind WHEN 'commune' THEN name || ' (' || department_code || ')' ELSE name END
FROM territory
WHERE list_contains($territories::VARCHAR[], code)

-- What can be chosen in each filter whose values the database holds, in the order to show.
SELECT parameter, code, label
FROM (
    SELECT 'region' AS parameter, code, name AS label, 0 AS rank FROM region
    UNION ALL
    SELECT 'departement', code, name, row_number() OVER (ORDER BY code) FROM department
    UNION ALL
    SELECT 'reseau', code, name, CASE scope WHEN 'regional' THEN 0 ELSE 1 END FROM network
    UNION ALL
    SELECT 'theme', th.code, th.short_name, f.rank
    FROM theme AS th JOIN theme_family AS f ON f.code = th.family_code
)
ORDER BY parameter, rank, label COLLATE nocase.noaccent

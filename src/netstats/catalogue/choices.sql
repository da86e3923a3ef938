-- What can be chosen in each filter, in the order to show.
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
    UNION ALL
    FROM (
        VALUES
            ('modalite', 'présentiel', 'présentiel', 1),
            ('modalite', 'visioconférence', 'visioconférence', 2),
            ('modalite', 'hybride', 'hybride', 3),
            ('modalite', 'unknown', 'inconnu', 4),
            ('nature', 'commune', 'Commune', 1),
            ('nature', 'CC', 'Communauté de communes', 2),
            ('nature', 'CA', 'Communauté d’agglomération', 3),
            ('nature', 'CU', 'Communauté urbaine', 4),
            ('nature', 'METRO', 'Métropole', 5),
            ('nature', 'EPT', 'Établissement public territorial', 6),
            ('nature', 'CISPD', 'CISPD', 7),
            ('nature', 'CLSPD', 'CLSPD', 8),
            ('nature', 'department', 'Département', 9)
    )
)
ORDER BY parameter, rank, label COLLATE nocase.noaccent

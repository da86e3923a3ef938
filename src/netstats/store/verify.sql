-- What must hold whatever wrote the rows: one row a fault (table_name, value, fault), none when all is well.
SELECT 'territory' AS table_name, code AS value, 'en double' AS fault FROM territory GROUP BY code HAVING count(*) > 1
UNION ALL SELECT 'network', code, 'en double' FROM network GROUP BY code HAVING count(*) > 1
UNION ALL SELECT 'theme_family', code, 'en double' FROM theme_family GROUP BY code HAVING count(*) > 1
UNION ALL SELECT 'theme', code, 'en double' FROM theme GROUP BY code HAVING count(*) > 1
UNION ALL SELECT 'action_type', code, 'en double' FROM action_type GROUP BY code HAVING count(*) > 1
UNION ALL SELECT 'audience', code, 'en double' FROM audience GROUP BY code HAVING count(*) > 1
UNION ALL SELECT 'batch', id::VARCHAR, 'en double' FROM batch GROUP BY id HAVING count(*) > 1
UNION ALL SELECT 'meeting', code, 'en double' FROM meeting GROUP BY code HAVING count(*) > 1
UNION ALL SELECT 'action', code, 'en double' FROM action GROUP BY code HAVING count(*) > 1
UNION ALL SELECT 'presentation', name, 'en double' FROM presentation GROUP BY name HAVING count(*) > 1
UNION ALL
SELECT 'attendance', concat_ws(' / ', meeting_code, territory_code), 'en double'
FROM attendance GROUP BY meeting_code, territory_code HAVING count(*) > 1
UNION ALL
SELECT 'meeting_theme', concat_ws(' / ', meeting_code, theme_code), 'en double'
FROM meeting_theme GROUP BY meeting_code, theme_code HAVING count(*) > 1
UNION ALL
SELECT 'network_region', concat_ws(' / ', network_code, region_code), 'en double'
FROM network_region GROUP BY network_code, region_code HAVING count(*) > 1
UNION ALL
SELECT 'territory_commune', concat_ws(' / ', territory_code, commune_code), 'en double'
FROM territory_commune GROUP BY territory_code, commune_code HAVING count(*) > 1

UNION ALL
SELECT 'territory_alias', concat_ws(' / ', territory_code, name), 'en double'
FROM territory_alias WHERE official IS NULL GROUP BY territory_code, name HAVING count(*) > 1

UNION ALL SELECT 'territory_alias', x.territory_code, 'territoire inconnu' FROM territory_alias AS x ANTI JOIN territory AS y ON y.code = x.territory_code WHERE x.official IS NULL
UNION ALL SELECT 'department', x.region_code, 'région inconnue' FROM department AS x ANTI JOIN region AS y ON y.code = x.region_code
UNION ALL SELECT 'territory_commune', x.territory_code, 'territoire inconnu' FROM territory_commune AS x ANTI JOIN territory AS y ON y.code = x.territory_code
UNION ALL SELECT 'territory_commune', x.commune_code, 'commune inconnue' FROM territory_commune AS x ANTI JOIN territory AS y ON y.code = x.commune_code AND y.kind = 'commune'
UNION ALL SELECT 'territory', x.code, 'sans commune' FROM territory AS x ANTI JOIN territory_commune AS y ON y.territory_code = x.code
UNION ALL SELECT 'network_region', x.network_code, 'réseau inconnu' FROM network_region AS x ANTI JOIN network AS y ON y.code = x.network_code
UNION ALL SELECT 'network_region', x.region_code, 'région inconnue' FROM network_region AS x ANTI JOIN region AS y ON y.code = x.region_code
UNION ALL SELECT 'theme', x.family_code, 'famille inconnue' FROM theme AS x ANTI JOIN theme_family AS y ON y.code = x.family_code
UNION ALL SELECT 'meeting', x.network_code, 'réseau inconnu' FROM meeting AS x ANTI JOIN network AS y ON y.code = x.network_code
UNION ALL SELECT 'meeting', x.code, 'entrée inconnue' FROM meeting AS x ANTI JOIN batch AS y ON y.id = x.batch_id
UNION ALL SELECT 'attendance', x.meeting_code, 'entrée inconnue' FROM attendance AS x ANTI JOIN batch AS y ON y.id = x.batch_id
UNION ALL SELECT 'meeting_theme', x.meeting_code, 'entrée inconnue' FROM meeting_theme AS x ANTI JOIN batch AS y ON y.id = x.batch_id
UNION ALL SELECT 'action', x.code, 'entrée inconnue' FROM action AS x ANTI JOIN batch AS y ON y.id = x.batch_id
UNION ALL SELECT 'attendance', x.meeting_code, 'réunion inconnue' FROM attendance AS x ANTI JOIN meeting AS y ON y.code = x.meeting_code
UNION ALL SELECT 'attendance', x.territory_code, 'territoire inconnu' FROM attendance AS x ANTI JOIN territory AS y ON y.code = x.territory_code
UNION ALL SELECT 'meeting_theme', x.meeting_code, 'réunion inconnue' FROM meeting_theme AS x ANTI JOIN meeting AS y ON y.code = x.meeting_code
UNION ALL SELECT 'meeting_theme', x.theme_code, 'thème inconnu' FROM meeting_theme AS x ANTI JOIN theme AS y ON y.code = x.theme_code
UNION ALL SELECT 'action', x.meeting_code, 'réunion inconnue' FROM action AS x ANTI JOIN meeting AS y ON y.code = x.meeting_code
UNION ALL SELECT 'action', x.type_code, 'type inconnu' FROM action AS x ANTI JOIN action_type AS y ON y.code = x.type_code
UNION ALL SELECT 'action', x.territory_code, 'territoire inconnu' FROM action AS x ANTI JOIN territory AS y ON y.code = x.territory_code WHERE x.territory_code IS NOT NULL
UNION ALL SELECT 'action', x.audience_code, 'public inconnu' FROM action AS x ANTI JOIN audience AS y ON y.code = x.audience_code WHERE x.audience_code IS NOT NULL
UNION ALL SELECT 'action', x.theme_code, 'thème inconnu' FROM action AS x ANTI JOIN theme AS y ON y.code = x.theme_code WHERE x.theme_code IS NOT NULL;

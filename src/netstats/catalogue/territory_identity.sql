-- One row: what the territory $subject is, whatever the filters. None when it does not exist.
WITH
networks AS (
    SELECT nr.region_code, string_agg(n.name, ' ; ' ORDER BY n.name COLLATE nocase.noaccent, n.code) AS names
    FROM network_region AS nr
    JOIN network AS n ON n.code = nr.network_code
    GROUP BY nr.region_code
),
belongs AS (
    SELECT string_agg(b.name, ' ; ' ORDER BY b.name COLLATE nocase.noaccent, b.code) AS names
    FROM territory_commune AS own
    JOIN territory_commune AS other ON other.commune_code = own.commune_code
    JOIN territory AS b ON b.code = other.territory_code
    WHERE own.territory_code = $subject AND b.code <> $subject AND b.kind <> 'department'
      AND (SELECT kind FROM territory WHERE code = $subject) = 'commune'
)
SELECT
    t.code, t.name, t.kind, d.code AS department_code, d.name AS department, r.name AS region, networks.names AS networks, t.population,
    (SELECT count(*) FROM territory_commune AS tc WHERE tc.territory_code = t.code) AS communes,
    belongs.names AS belongs_to,
    (SELECT string_agg(a.name, ' ; ' ORDER BY a.name) FROM territory_alias AS a WHERE a.territory_code = t.code) AS aliases
FROM territory AS t
JOIN department AS d ON d.code = t.department_code
JOIN region AS r ON r.code = d.region_code
LEFT JOIN networks ON networks.region_code = r.code
CROSS JOIN belongs
WHERE t.code = $subject

-- One row a participating territory near to $subject: of its kind, the nearest in size and in themes first; eight at most.
WITH
itself AS (SELECT code, kind, population FROM territory WHERE code = $subject),
met AS (
    SELECT DISTINCT a.territory_code, mt.theme_code
    FROM selected_attendance($since, $until, NULL, NULL, $networks, NULL, $themes, $formats) AS a
    JOIN meeting_theme AS mt ON mt.meeting_code = a.meeting_code
),
own AS (SELECT theme_code FROM met WHERE territory_code = $subject),
shared AS (
    SELECT
        m.territory_code,
        count(o.theme_code) AS themes_shared,
        count(*) + (SELECT count(*) FROM own) - count(o.theme_code) AS themes_either
    FROM met AS m
    LEFT JOIN own AS o ON o.theme_code = m.theme_code
    GROUP BY m.territory_code
),
present AS (
    SELECT territory_code, count(*) AS attendances
    FROM selected_attendance($since, $until, NULL, NULL, $networks, NULL, $themes, $formats)
    GROUP BY territory_code
)
SELECT
    t.code, t.name, t.kind, d.name AS department, t.population, p.attendances,
    -- Unknown where the themes of either are: not none in common.
    CASE WHEN EXISTS (FROM own) THEN s.themes_shared END AS themes_shared
FROM present AS p
JOIN territory AS t ON t.code = p.territory_code
JOIN itself AS i ON i.kind = t.kind AND i.code <> t.code
JOIN department AS d ON d.code = t.department_code
LEFT JOIN shared AS s ON s.territory_code = t.code
-- How many times larger or smaller, and how few of their themes they share: both nil for a twin.
ORDER BY
    round(abs(ln(greatest(t.population, 1) / greatest(i.population, 1))) + 1 - coalesce(s.themes_shared / s.themes_either, 0), 6),
    t.name COLLATE nocase.noaccent, t.code
LIMIT 8

-- One row a territory that $words can mean, whatever its part in the activity: by its code, by a name or another name
-- that is, begins with or holds these words, the most populous first; ten at most. When none does, the names nearest to
-- what was written, with `rank` 4.
WITH
named AS (
    SELECT code, name AS said FROM territory
    UNION ALL
    SELECT territory_code, name FROM territory_alias
),
folded AS (
    SELECT
        code, said,
        regexp_replace(
            trim(regexp_replace(strip_accents(replace(lower(said), 'œ', 'oe')), '[^\p{L}\p{N}]+', ' ', 'g')),
            '\bst(e?s?)\b', 'saint\1', 'g'
        ) AS words
    FROM named
),
ranked AS (
    SELECT
        code, said,
        CASE
            WHEN code = $code OR words = $words THEN 1
            WHEN starts_with(words, $words) THEN 2
            WHEN contains(' ' || words, ' ' || $words) THEN 3
        END AS rank
    FROM folded
    WHERE $words <> '' OR $code <> ''
),
near AS (
    SELECT code, said, 4 AS rank
    FROM folded
    WHERE length($words) BETWEEN 4 AND 60 AND levenshtein(words, $words) <= 1 + length($words) // 6
      AND NOT EXISTS (FROM ranked WHERE rank IS NOT NULL)
),
found AS (
    SELECT code, min(rank) AS rank, arg_min(said, (rank, said)) AS said
    FROM (SELECT * FROM ranked WHERE rank IS NOT NULL UNION ALL FROM near)
    GROUP BY code
),
came AS (
    SELECT a.territory_code, count(*) AS attendances
    FROM attendance AS a
    JOIN meeting AS m ON m.code = a.meeting_code AND m.status = 'held'
    GROUP BY a.territory_code
)
SELECT
    t.code, t.name, t.kind, t.department_code, d.name AS department, t.population,
    nullif(f.said, t.name) AS said, coalesce(c.attendances, 0) AS attendances, f.rank
FROM found AS f
JOIN territory AS t ON t.code = f.code
JOIN department AS d ON d.code = t.department_code
LEFT JOIN came AS c ON c.territory_code = t.code
WHERE t.retired IS NOT TRUE
ORDER BY f.rank, t.population DESC NULLS LAST, t.code
LIMIT 10

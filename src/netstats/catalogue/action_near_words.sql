-- One row a word of the selected actions that is written nearly like one that was asked for, or begins with it.
WITH
asked AS (SELECT DISTINCT unnest($words::VARCHAR[]) AS asked),
known AS (
    SELECT strip_accents(w.word) AS plain, min(w.word) AS word, count(DISTINCT w.action_code) AS actions
    FROM action_word AS w
    JOIN selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
        ON x.code = w.action_code
    GROUP BY plain
),
compared AS (
    SELECT
        a.asked, k.word, k.actions,
        least(
            damerau_levenshtein(a.asked, k.plain),
            CASE WHEN length(a.asked) >= 3 AND starts_with(k.plain, a.asked) THEN 1 END
        ) AS distance
    FROM asked AS a
    CROSS JOIN known AS k
    WHERE length(a.asked) <= 40 -- no word is longer, and the comparison grows with both lengths
)
SELECT asked, word, distance, actions
FROM compared
WHERE distance <= CASE WHEN length(asked) < 6 THEN 1 ELSE 2 END
ORDER BY distance, actions DESC, word, asked
LIMIT 6

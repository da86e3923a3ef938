-- One row an action of the selection in which a word that was asked for is found, the best first: those with the most
-- of these words, then by BM25 (k1 = 1.2, b = 0.75) over the whole index. A word and its synonyms count as one word.
WITH
chosen AS (FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
asked AS (SELECT unnest($ranks::INTEGER[]) AS rank, unnest($stems::VARCHAR[]) AS stem),
wanted AS (
    SELECT rank, stem, max(weight) AS weight
    FROM (
        SELECT rank, stem, 1.0::DOUBLE AS weight FROM asked
        UNION ALL
        SELECT a.rank, s.related, 0.5 FROM asked AS a JOIN synonym AS s ON s.stem = a.stem -- a synonym weighs half
    )
    GROUP BY rank, stem
),
-- A word has one or two stems, or is a plural as it is written: it is counted once.
found AS (
    SELECT w.rank, x.action_code, x.word, max(w.weight) * any_value(x.occurrences) AS weight
    FROM action_word AS x
    JOIN wanted AS w ON w.stem IN (x.stem, x.word)
    GROUP BY w.rank, x.action_code, x.word
),
frequency AS (SELECT rank, action_code, sum(weight) AS times FROM found GROUP BY rank, action_code),
spread AS (SELECT rank, count(*) AS actions FROM frequency GROUP BY rank),
length AS (
    SELECT action_code, sum(occurrences) AS words
    FROM (SELECT DISTINCT action_code, word, occurrences FROM action_word)
    GROUP BY action_code
),
usual AS (SELECT count(*) AS actions, avg(words) AS words FROM length),
scored AS (
    SELECT
        f.action_code,
        count(*) AS words_found,
        round(sum(
            ln(1 + (u.actions - s.actions + 0.5) / (s.actions + 0.5))
            * f.times * 2.2 / (f.times + 1.2 * (0.25 + 0.75 * l.words / u.words))
        ), 4) AS score
    FROM frequency AS f
    JOIN spread AS s ON s.rank = f.rank
    JOIN length AS l ON l.action_code = f.action_code
    CROSS JOIN usual AS u
    GROUP BY f.action_code
),
named AS (SELECT action_code, string_agg(DISTINCT word, ' ' ORDER BY word) AS found FROM found GROUP BY action_code)
SELECT x.*, z.words_found, b.found, z.score
FROM named_action('chosen') AS x
JOIN scored AS z ON z.action_code = x.code
JOIN named AS b ON b.action_code = x.code
ORDER BY z.words_found DESC, z.score DESC, x.held_on DESC NULLS LAST, x.code

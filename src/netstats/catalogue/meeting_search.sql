-- One row a meeting of the selection, held or not, where each word of $subject begins a word of its title, place,
-- kind, network, themes or of the names of those present. Letter case, accents and punctuation do not count.
WITH
chosen_meeting AS (FROM matching_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
present AS (
    SELECT a.meeting_code, string_agg(concat_ws(' ', y.name, a.printed_name), ' ') AS said
    FROM attendance AS a
    JOIN territory AS y ON y.code = a.territory_code
    SEMI JOIN chosen_meeting AS m ON m.code = a.meeting_code
    GROUP BY a.meeting_code
),
told AS (
    SELECT
        m.*, n.name AS network, array_to_string(s.themes, ' · ') AS themes,
        concat_ws(' ', m.title, m.place, m.kind, n.name, array_to_string(s.themes, ' '), p.said) AS said
    FROM chosen_meeting AS m
    JOIN network AS n ON n.code = m.network_code
    LEFT JOIN present AS p ON p.meeting_code = m.code
    LEFT JOIN themes_of('chosen_meeting') AS s ON s.meeting_code = m.code
),
asked AS (
    SELECT DISTINCT unnest(string_split(
        trim(regexp_replace(strip_accents(replace(lower($subject::VARCHAR), 'œ', 'oe')), '[^\p{L}\p{N}]+', ' ', 'g')), ' '
    )) AS word
),
folded AS (
    SELECT
        *, ' ' || regexp_replace(strip_accents(replace(lower(said), 'œ', 'oe')), '[^\p{L}\p{N}]+', ' ', 'g') AS words
    FROM told
)
SELECT f.code, f.held_on, f.date_precision, f.network, f.title, f.status, f.place, f.themes
FROM folded AS f
-- No word at all finds nothing, rather than everything.
WHERE (SELECT bool_and(word <> '') FROM asked)
  AND NOT EXISTS (SELECT 1 FROM asked AS a WHERE NOT contains(f.words, ' ' || a.word))
ORDER BY f.held_on DESC NULLS LAST, f.network COLLATE nocase.noaccent, f.code

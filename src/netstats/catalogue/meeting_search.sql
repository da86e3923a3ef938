-- One row a meeting of the selection, held or not, where one form of each word that is asked for is found: as the
-- beginning of a word of its title, place, kind, network, themes, note, of the actions told there or of the names of those
-- present, their other names included, or, where a space ends it, as a word of what it was about, not of a name. Letter
-- case, accents and punctuation do not count.
WITH
chosen_meeting AS (FROM matching_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)),
alias AS (SELECT territory_code, string_agg(name, ' ') AS names FROM territory_alias GROUP BY territory_code),
action_told AS (
    SELECT x.meeting_code, string_agg(x.description, ' ') AS said
    FROM action AS x
    SEMI JOIN chosen_meeting AS m ON m.code = x.meeting_code
    GROUP BY x.meeting_code
),
present AS (
    SELECT a.meeting_code, string_agg(concat_ws(' ', y.name, a.printed_name, l.names), ' ') AS said
    FROM attendance AS a
    JOIN territory AS y ON y.code = a.territory_code
    LEFT JOIN alias AS l ON l.territory_code = y.code
    SEMI JOIN chosen_meeting AS m ON m.code = a.meeting_code
    GROUP BY a.meeting_code
),
told AS (
    SELECT
        m.*, n.name AS network, array_to_string(s.themes, ' · ') AS themes,
        concat_ws(' ', m.title, m.kind, n.name, array_to_string(s.themes, ' '), m.note, x.said) AS about,
        concat_ws(' ', about, m.place, p.said) AS said
    FROM chosen_meeting AS m
    JOIN network AS n ON n.code = m.network_code
    LEFT JOIN present AS p ON p.meeting_code = m.code
    LEFT JOIN action_told AS x ON x.meeting_code = m.code
    LEFT JOIN themes_of('chosen_meeting') AS s ON s.meeting_code = m.code
),
asked AS (SELECT unnest($ranks::INTEGER[]) AS rank, unnest($forms::VARCHAR[]) AS form),
folded AS (
    SELECT
        code,
        ' ' || regexp_replace(strip_accents(replace(lower(said), 'œ', 'oe')), '[^\p{L}\p{N}]+', ' ', 'g') AS words,
        ' ' || regexp_replace(strip_accents(replace(lower(about), 'œ', 'oe')), '[^\p{L}\p{N}]+', ' ', 'g') || ' ' AS topics
    FROM told
),
found AS (
    SELECT f.code
    FROM folded AS f
    JOIN asked AS a ON contains(CASE WHEN ends_with(a.form, ' ') THEN f.topics ELSE f.words END, a.form)
    GROUP BY f.code
    HAVING count(DISTINCT a.rank) = (SELECT count(DISTINCT rank) FROM asked)
)
SELECT t.code, t.held_on, t.date_precision, t.network, t.title, t.status, t.place, t.themes
FROM told AS t
SEMI JOIN found AS f ON f.code = t.code
ORDER BY t.held_on DESC NULLS LAST, t.network COLLATE nocase.noaccent, t.code

-- One row a pair of territories that may be one and the same, whatever the filters, with every reason to think so;
-- those that both came first. A name is compared by its own words: lower case, without accents, nor the words that say
-- what a body is, in alphabetical order.
WITH
worded AS MATERIALIZED (
    SELECT
        code, kind,
        list_sort(list_filter(
            string_split(trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', ' ', 'g')), ' '),
            lambda word: word NOT IN (
                '', 'agglo', 'agglomeration', 'ca', 'cc', 'cispd', 'clspd', 'commune', 'communes', 'communaute', 'cu',
                'd', 'de', 'des', 'du', 'ept', 'et', 'l', 'la', 'le', 'les', 'metropole', 'urbaine', 'ville'
            )
        )) AS words
    FROM territory
    WHERE kind <> 'department'
),
called AS MATERIALIZED (SELECT code, kind, array_to_string(words, ' ') AS core FROM worded WHERE len(words) > 0),
own AS MATERIALIZED (SELECT code FROM territory WHERE kind IN ('CISPD', 'CLSPD')),
size AS MATERIALIZED (SELECT territory_code, count(*) AS communes FROM territory_commune GROUP BY territory_code),
-- 1. a body of ours covers exactly the communes of another body
shared AS MATERIALIZED (
    SELECT one.territory_code AS code, other.territory_code AS other_code, count(*) AS communes
    FROM (SELECT tc.* FROM territory_commune AS tc SEMI JOIN own ON own.code = tc.territory_code) AS one
    JOIN territory_commune AS other ON other.commune_code = one.commune_code
    WHERE other.territory_code <> one.territory_code
    GROUP BY one.territory_code, other.territory_code
),
same_communes AS (
    SELECT h.code, h.other_code
    FROM shared AS h
    JOIN size AS s ON s.territory_code = h.code AND s.communes = h.communes
    JOIN size AS z ON z.territory_code = h.other_code AND z.communes = h.communes
),
-- 2. a body of ours is called nearly like another body of the same department: one letter in a short name, two in a
-- long one
neighbours AS MATERIALIZED (
    SELECT DISTINCT own.code, there.territory_code AS other_code
    FROM own
    JOIN territory_department AS here ON here.territory_code = own.code
    JOIN territory_department AS there
        ON there.department_code = here.department_code AND there.territory_code <> own.code
),
near_name AS (
    SELECT one.code, other.code AS other_code
    FROM neighbours AS n
    JOIN called AS one ON one.code = n.code
    JOIN called AS other ON other.code = n.other_code
    -- a name much longer or shorter is another one: 19 in 20 need no comparison
    WHERE CASE WHEN abs(length(one.core) - length(other.core)) <= 2 THEN levenshtein(one.core, other.core) END
        <= CASE WHEN length(one.core) >= 12 THEN 2 WHEN length(one.core) >= 6 THEN 1 ELSE 0 END
),
-- 3. sources write both in the same words
printed AS (
    SELECT DISTINCT
        territory_code AS code,
        trim(regexp_replace(lower(strip_accents(printed_name)), '[^a-z0-9]+', ' ', 'g')) AS written
    FROM attendance
),
same_printed AS (
    SELECT DISTINCT one.code, other.code AS other_code
    FROM printed AS one
    JOIN printed AS other ON other.written = one.written AND other.code <> one.code
    WHERE one.written <> ''
),
-- 4. a commune and its intercommunality of the same name came to the same meeting
same_meeting AS (
    SELECT DISTINCT town.code, u.code AS other_code
    FROM attendance AS a
    JOIN called AS town ON town.code = a.territory_code AND town.kind = 'commune'
    JOIN attendance AS b ON b.meeting_code = a.meeting_code
    JOIN called AS u
        ON u.code = b.territory_code AND u.kind IN ('CC', 'CA', 'CU', 'METRO', 'EPT') AND u.core = town.core
    JOIN territory_commune AS tc ON tc.territory_code = u.code AND tc.commune_code = town.code
),
suspected AS (
    SELECT code, other_code, 1 AS rank, 'mêmes communes' AS reason FROM same_communes
    UNION ALL
    SELECT code, other_code, 2, 'noms presque pareils' FROM near_name
    UNION ALL
    SELECT code, other_code, 3, 'même nom écrit dans les sources' FROM same_printed
    UNION ALL
    SELECT code, other_code, 4, 'commune et intercommunalité de même nom à la même réunion' FROM same_meeting
),
reasoned AS (
    SELECT DISTINCT least(code, other_code) AS code, greatest(code, other_code) AS other_code, rank, reason
    FROM suspected
),
pair AS (
    SELECT code, other_code, string_agg(reason, ' ; ' ORDER BY rank) AS reasons FROM reasoned GROUP BY code, other_code
),
came AS (SELECT territory_code AS code, count(*) AS attendances FROM attendance GROUP BY territory_code)
SELECT
    p.code, t.name, t.kind, coalesce(c.attendances, 0) AS attendances,
    p.other_code, y.name AS other_name, y.kind AS other_kind, coalesce(d.attendances, 0) AS other_attendances,
    p.reasons,
    (
        SELECT count(*)
        FROM attendance AS a
        JOIN attendance AS b ON b.meeting_code = a.meeting_code
        WHERE a.territory_code = p.code AND b.territory_code = p.other_code
    ) AS together
FROM pair AS p
JOIN territory AS t ON t.code = p.code
JOIN territory AS y ON y.code = p.other_code
LEFT JOIN came AS c ON c.code = p.code
LEFT JOIN came AS d ON d.code = p.other_code
ORDER BY
    least(coalesce(c.attendances, 0), coalesce(d.attendances, 0)) DESC,
    t.name COLLATE nocase.noaccent, p.code, p.other_code

-- One row a participating territory near to $subject in space, of any kind, the nearest first; eight at most.
WITH
itself AS (SELECT code, radians(lon) AS lon, radians(lat) AS lat FROM territory WHERE code = $subject),
present AS (
    SELECT territory_code, count(*) AS attendances, max(m.held_on) AS held_on,
        arg_max(known_date(m.held_on, m.date_precision), (m.held_on, m.code)) FILTER (m.held_on IS NOT NULL) AS last_seen
    FROM selected_attendance($since, $until, NULL, NULL, $networks, NULL, $themes, $formats) AS a
    JOIN meeting AS m ON m.code = a.meeting_code
    GROUP BY territory_code
),
-- Great-circle distance on a sphere of 6,371 km (haversine).
placed AS (
    SELECT
        t.code, t.name, t.kind, d.name AS department, p.attendances, p.last_seen,
        round(
            12742 * asin(sqrt(
                pow(sin((radians(t.lat) - i.lat) / 2), 2)
                + cos(i.lat) * cos(radians(t.lat)) * pow(sin((radians(t.lon) - i.lon) / 2), 2)
            ))
        )::BIGINT AS kilometres
    FROM present AS p
    JOIN territory AS t ON t.code = p.territory_code
    JOIN department AS d ON d.code = t.department_code
    JOIN itself AS i ON i.code <> t.code
    WHERE t.kind <> 'department'
)
FROM placed
WHERE kilometres <= 100
ORDER BY kilometres, attendances DESC, name COLLATE nocase.noaccent, code
LIMIT 8

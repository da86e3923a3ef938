-- One row a meeting of the selection where the territory $subject was; the latest first.
SELECT
    m.code, m.held_on, m.date_precision, n.name AS network, m.title,
    (
        SELECT string_agg(th.name, ' · ' ORDER BY f.rank, th.name)
        FROM meeting_theme AS mt
        JOIN theme AS th ON th.code = mt.theme_code
        JOIN theme_family AS f ON f.code = th.family_code
        WHERE mt.meeting_code = m.code
    ) AS themes,
    a.printed_name, a.member, m.source_url
FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
JOIN meeting AS m ON m.code = a.meeting_code
JOIN network AS n ON n.code = m.network_code
WHERE a.territory_code = $subject
ORDER BY m.held_on DESC NULLS LAST, m.code

-- One row a theme of the meetings of the selection where the territory $subject was.
SELECT
    th.code, th.name, th.short_name, f.name AS family, f.rank AS family_rank, count(*) AS meetings,
    max(known_date(m.held_on, m.date_precision)) AS last_seen
FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
JOIN meeting AS m ON m.code = a.meeting_code
JOIN meeting_theme AS mt ON mt.meeting_code = a.meeting_code
JOIN theme AS th ON th.code = mt.theme_code
JOIN theme_family AS f ON f.code = th.family_code
WHERE a.territory_code = $subject
GROUP BY ALL
ORDER BY meetings DESC, family_rank, name COLLATE nocase.noaccent, code

-- One row a theme met at the same meetings as the theme of the sheet, the most frequent first.
WITH on_it AS (
    SELECT mt.meeting_code
    FROM meeting_theme AS mt
    SEMI JOIN selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
        ON m.code = mt.meeting_code
    WHERE mt.theme_code = $subject
)
SELECT
    th.code, th.name, th.short_name, f.name AS family, f.rank AS family_rank,
    count(*) AS meetings,
    (SELECT count(*) FROM on_it) AS of_meetings,
    count(*) / (SELECT count(*) FROM on_it) AS share
FROM on_it
JOIN meeting_theme AS mt ON mt.meeting_code = on_it.meeting_code
JOIN theme AS th ON th.code = mt.theme_code
JOIN theme_family AS f ON f.code = th.family_code
WHERE mt.theme_code <> $subject
GROUP BY th.code, th.name, th.short_name, f.name, f.rank
ORDER BY meetings DESC, f.rank, th.name COLLATE nocase.noaccent, th.code

-- One row a theme of a meeting, whatever the selection, by family.
SELECT th.code, th.name, f.name AS family, f.rank AS family_rank
FROM meeting_theme AS mt
JOIN theme AS th ON th.code = mt.theme_code
JOIN theme_family AS f ON f.code = th.family_code
WHERE mt.meeting_code = $subject
ORDER BY f.rank, th.name COLLATE nocase.noaccent, th.code

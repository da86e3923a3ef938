-- One row a theme, not retired, that no meeting, held or not, and no action is about, whatever the filters; by family.
SELECT th.code, th.name, f.name AS family, f.rank AS family_rank
FROM theme AS th
JOIN theme_family AS f ON f.code = th.family_code
WHERE th.retired IS NOT TRUE
  AND th.code NOT IN (SELECT mt.theme_code FROM meeting_theme AS mt)
  AND NOT EXISTS (SELECT 1 FROM action AS x WHERE x.theme_code = th.code)
ORDER BY f.rank, th.name COLLATE nocase.noaccent, th.code

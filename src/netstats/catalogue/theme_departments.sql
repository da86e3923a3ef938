-- One row a theme and department of the selection where it was met: by bodies that cover a part of the department.
SELECT
    th.code, th.name, th.short_name, f.name AS family, f.rank AS family_rank,
    d.code AS department_code, d.name AS department,
    count(DISTINCT a.meeting_code) AS meetings
FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS a
JOIN territory_department AS td ON td.territory_code = a.territory_code
JOIN scope_department($regions, $departments, $networks) AS d ON d.code = td.department_code
JOIN meeting_theme AS mt ON mt.meeting_code = a.meeting_code
JOIN theme AS th ON th.code = mt.theme_code
JOIN theme_family AS f ON f.code = th.family_code
GROUP BY th.code, th.name, th.short_name, f.name, f.rank, d.code, d.name
ORDER BY f.rank, th.name COLLATE nocase.noaccent, th.code, d.code

-- One row a type of action of the selection.
SELECT
    y.code, y.name,
    count(*) AS actions,
    count(x.territory_code) AS located_actions,
    count(DISTINCT x.meeting_code) AS meetings
FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS x
JOIN action_type AS y ON y.code = x.type_code
GROUP BY y.code, y.name, y.rank
ORDER BY actions DESC, y.rank

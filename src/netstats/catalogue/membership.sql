-- One row for the attendances of members, one for those of others, one for those of whom it is not said.
SELECT
    CASE WHEN member THEN 'member' WHEN NOT member THEN 'other' ELSE 'unknown' END AS membership,
    count(*) AS attendances, count(DISTINCT territory_code) AS territories
FROM selected_attendance($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)
GROUP BY member
ORDER BY member DESC NULLS LAST

-- One row a month in which a held meeting began; without a month where dates are known to the year only.
SELECT
    year(m.held_on) AS year,
    CASE WHEN m.date_precision <> 'year' THEN month(m.held_on) END AS month,
    count(*) AS meetings
FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
WHERE m.held_on IS NOT NULL
GROUP BY ALL
ORDER BY year, month NULLS LAST

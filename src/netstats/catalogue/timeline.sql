-- One row a held meeting and family of its themes (one row without a family when its themes are unknown).
WITH subject AS (
    SELECT DISTINCT mt.meeting_code, f.rank AS family_rank, f.name AS family
    FROM meeting_theme AS mt
    JOIN theme AS th ON th.code = mt.theme_code
    JOIN theme_family AS f ON f.code = th.family_code
)
SELECT
    m.code, m.title, n.name AS network, m.held_on, m.date_precision, m.held_until, m.sessions,
    s.family_rank, s.family
FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
JOIN network AS n ON n.code = m.network_code
LEFT JOIN subject AS s ON s.meeting_code = m.code
ORDER BY m.held_on NULLS LAST, m.code, s.family_rank

-- One row a theme of the selection: its share in the older half of the dated meetings, then in the newer half, what
-- that says, and since when it has not been met. What a trend takes is written in the figure's definition.
WITH
chosen AS (
    SELECT
        m.code, m.held_on, m.date_precision,
        row_number() OVER (ORDER BY m.held_on, m.code) > count(*) OVER () // 2 AS is_late
    FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
    WHERE m.held_on IS NOT NULL AND m.code IN (SELECT meeting_code FROM meeting_theme)
),
halves AS (
    SELECT
        count(*) FILTER (NOT is_late) AS early_total,
        count(*) FILTER (is_late) AS late_total,
        min(known_date(held_on, date_precision)) FILTER (is_late) AS late_since
    FROM chosen
),
themed AS (
    SELECT mt.theme_code AS code, m.held_on, m.date_precision, c.is_late
    FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats) AS m
    JOIN meeting_theme AS mt ON mt.meeting_code = m.code
    LEFT JOIN chosen AS c ON c.code = m.code
),
counted AS (
    SELECT
        code,
        count(*) AS meetings,
        count(*) FILTER (NOT is_late) AS early_meetings,
        count(*) FILTER (is_late) AS late_meetings,
        min(known_date(held_on, date_precision)) AS first_seen,
        max(known_date(held_on, date_precision)) AS last_seen,
        max(held_on) AS last_day,
        max(last_possible_day(held_on, date_precision)) AS last_possible
    FROM themed
    GROUP BY code
),
compared AS (
    SELECT
        c.*, h.*,
        early_meetings / nullif(early_total, 0) AS share_early, -- NULL: there is no earlier half
        late_meetings / nullif(late_total, 0) AS share_late,
        (early_meetings + late_meetings) / nullif(early_total + late_total, 0) AS share_both,
        (SELECT count(*) FROM chosen AS later WHERE later.held_on > c.last_possible) AS meetings_since
    FROM counted AS c, halves AS h
),
measured AS (
    SELECT
        *,
        early_total >= 10 AND late_total >= 10 AND early_meetings + late_meetings >= 5 AS is_enough,
        -- The standard error of the difference of two shares, were there no difference.
        sqrt(share_both * (1 - share_both) * (1 / early_total + 1 / nullif(late_total, 0))) AS noise
    FROM compared
)
SELECT
    th.code, th.name, th.short_name, f.name AS family, f.rank AS family_rank,
    m.meetings, m.first_seen, m.last_seen,
    m.early_meetings, m.early_total, m.share_early, m.late_meetings, m.late_total, m.share_late, m.late_since,
    CASE
        WHEN m.is_enough IS NOT TRUE THEN 'trop peu de réunions pour le dire'
        WHEN m.share_late - m.share_early > 2 * m.noise THEN 'en hausse'
        WHEN m.share_early - m.share_late > 2 * m.noise THEN 'en baisse'
        ELSE 'sans tendance nette'
    END AS trend,
    CASE WHEN m.last_day IS NOT NULL THEN m.meetings_since END AS meetings_since,
    -- Without any date nobody knows when it was met last.
    coalesce(m.last_possible + INTERVAL 24 MONTH <= $as_of AND m.meetings_since >= 5, false) AS is_silent
FROM measured AS m
JOIN theme AS th ON th.code = m.code
JOIN theme_family AS f ON f.code = th.family_code
ORDER BY m.share_late - m.share_early DESC NULLS LAST, f.rank, th.name COLLATE nocase.noaccent, th.code

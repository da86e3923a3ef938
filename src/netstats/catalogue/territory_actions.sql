-- One row an action of the selection that the territory $subject did; the latest first.
WITH chosen AS (
    FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)
    WHERE territory_code = $subject
)
FROM named_action('chosen')
ORDER BY held_on DESC NULLS LAST, type_rank, code

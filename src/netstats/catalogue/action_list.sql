-- One row an action of the selection with all that leads on from it, the latest first.
WITH chosen AS (FROM selected_action($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats))
FROM named_action('chosen')
ORDER BY held_on DESC NULLS LAST, type_rank, code

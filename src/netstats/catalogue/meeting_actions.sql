-- One row an action told at a meeting, whatever the selection.
WITH chosen AS (FROM action WHERE meeting_code = $subject)
FROM named_action('chosen')
ORDER BY type_rank, code

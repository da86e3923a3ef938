-- One row an action that no territory is known to have done, whatever the filters; the latest first.
WITH chosen AS (FROM action WHERE territory_code IS NULL)
FROM named_action('chosen')
ORDER BY held_on DESC NULLS LAST, meeting_code, code

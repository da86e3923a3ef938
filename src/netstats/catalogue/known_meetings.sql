-- One row: how many meetings the selection has, and at how many it is known who came, and on what.
SELECT
    count(*) AS meetings,
    count(*) FILTER (code IN (SELECT meeting_code FROM attendance)) AS attended,
    count(*) FILTER (code IN (SELECT meeting_code FROM meeting_theme)) AS themed
FROM selected_meeting($since, $until, $regions, $departments, $networks, $kinds, $themes, $formats)

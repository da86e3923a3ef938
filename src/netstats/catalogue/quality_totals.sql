-- One row: how much there is in all, whatever the filters; of how many each count of the page is.
SELECT
    (SELECT count(*) FROM meeting WHERE status = 'held') AS held,
    (SELECT count(*) FROM meeting WHERE status = 'announced') AS announced,
    (SELECT count(*) FROM action) AS actions,
    (SELECT count(DISTINCT territory_code) FROM attendance) AS territories,
    (SELECT count(*) FROM theme) AS themes

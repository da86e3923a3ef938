-- What the search reads of each action, cut into tokens: what was done, and for half the weight how it is filed and who
-- did it. A token is letters, digits and the accents that belong to them; netstats.reference.words says what it means.
CREATE OR REPLACE TEMP TABLE action_token AS
WITH named AS (
    SELECT x.code, x.description, concat_ws(' ', y.name, u.name, th.name, t.name) AS labels
    FROM action AS x
    JOIN action_type AS y ON y.code = x.type_code
    LEFT JOIN audience AS u ON u.code = x.audience_code
    LEFT JOIN theme AS th ON th.code = x.theme_code
    LEFT JOIN territory AS t ON t.code = x.territory_code
    WHERE $codes IS NULL OR x.code IN (SELECT unnest($codes::VARCHAR[]))
),
said AS (
    SELECT code, description AS text, 1.0::DOUBLE AS weight FROM named
    UNION ALL
    SELECT code, labels, 0.5 FROM named
)
SELECT code, unnest(regexp_extract_all(text, '[\p{L}\p{N}\p{M}]+')) AS token, weight
FROM said;

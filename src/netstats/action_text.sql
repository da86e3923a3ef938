-- What the search reads of each action: what was done, and for half the weight how it is filed and who did it.
WITH named AS (
    SELECT x.code, x.description, concat_ws(' ', y.name, u.name, th.name, t.name) AS labels
    FROM action AS x
    JOIN action_type AS y ON y.code = x.type_code
    LEFT JOIN audience AS u ON u.code = x.audience_code
    LEFT JOIN theme AS th ON th.code = x.theme_code
    LEFT JOIN territory AS t ON t.code = x.territory_code
)
SELECT code, description AS text, 1.0::DOUBLE AS weight FROM named
UNION ALL
SELECT code, labels, 0.5 FROM named

-- The territories that rows refer to: code and official name.
SELECT code, name
FROM territory
WHERE code IN (
    SELECT territory_code FROM attendance
    UNION SELECT territory_code FROM action
    UNION SELECT territory_code FROM territory_alias WHERE official IS NULL
    UNION SELECT commune_code FROM territory_commune
)

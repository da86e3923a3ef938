-- Every region: INSEE code and name.
SELECT code, name FROM region ORDER BY code

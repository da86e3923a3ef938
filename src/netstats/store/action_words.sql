-- The words of those actions, once what each token means has been read (token_word).
DELETE FROM action_word
WHERE $codes IS NULL OR action_code IN (SELECT unnest($codes::VARCHAR[]));

INSERT INTO action_word BY NAME
SELECT t.code AS action_code, w.word, w.stem, sum(t.weight * w.times) AS occurrences
FROM action_token AS t
JOIN token_word AS w ON w.token = t.token
GROUP BY ALL;

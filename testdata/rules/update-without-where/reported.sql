UPDATE accounts SET active = false;
UPDATE app.accounts AS a SET active = false, changed_at = now() RETURNING a.id;
WITH done AS (UPDATE tasks SET done = true RETURNING id)
SELECT count(*) FROM done;
CREATE RULE forget AS ON DELETE TO tasks DO ALSO UPDATE totals SET tasks = tasks - 1;
UPDATE prices SET amount = c.amount FROM changes AS c;

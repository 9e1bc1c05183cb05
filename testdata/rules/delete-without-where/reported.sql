DELETE FROM sessions;
DELETE FROM ONLY app.sessions RETURNING id;
WITH gone AS (DELETE FROM sessions RETURNING id)
INSERT INTO old_sessions (id) SELECT id FROM gone;

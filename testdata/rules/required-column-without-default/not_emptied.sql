-- Another table, and only some of the rows.
TRUNCATE tokens;
DELETE FROM sessions WHERE expired;
ALTER TABLE sessions ADD COLUMN user_id bigint NOT NULL;
-- It was empty for a moment.
TRUNCATE jobs;
INSERT INTO jobs (id) VALUES (1);
ALTER TABLE jobs ADD COLUMN queue text NOT NULL;

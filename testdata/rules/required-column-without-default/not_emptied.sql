-- Another table, and only some of the rows.
TRUNCATE tokens;
DELETE FROM sessions WHERE expired;
ALTER TABLE sessions ADD COLUMN user_id bigint NOT NULL;

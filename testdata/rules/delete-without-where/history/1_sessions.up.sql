CREATE TABLE sessions (id bigint PRIMARY KEY);
DELETE FROM sessions;

CREATE TABLE sessions (id bigint PRIMARY KEY);
DELETE FROM sessions;
CREATE TABLE settings (id boolean PRIMARY KEY CHECK (id), name text);

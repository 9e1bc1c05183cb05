CREATE EXTENSION pg_trgm;
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE INDEX users_name ON users USING gin (name gin_trgm_ops);

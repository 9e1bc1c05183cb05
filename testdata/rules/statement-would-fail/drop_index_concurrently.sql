CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE, name text);
CREATE INDEX users_name_idx ON users (name);
CREATE INDEX users_name_idx_2 ON users (name);
DROP INDEX CONCURRENTLY users_name_idx, users_name_idx_2;
DROP INDEX CONCURRENTLY users_name_idx CASCADE;
DROP INDEX CONCURRENTLY users_email_key;
DROP INDEX CONCURRENTLY users_name_idx;

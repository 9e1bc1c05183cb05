-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE users ADD COLUMN e integer;
CREATE INDEX CONCURRENTLY users_e_idx ON users (e);
UPDATE users SET e = 1;

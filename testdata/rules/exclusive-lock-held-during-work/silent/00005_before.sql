-- +goose Up
-- The lock comes after the work; or it is weaker; or the table is gone.
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE INDEX users_email_idx ON users (email);
ALTER TABLE users ADD COLUMN d integer;
DROP TABLE orders;

-- +goose Up
-- No migration made these tables. What the down step puts back may be what was
-- there, and IF NOT EXISTS may have found it.
ALTER TABLE users DROP COLUMN email;
ALTER TABLE users DROP CONSTRAINT IF EXISTS users_name_key;
DROP INDEX orders_total_idx;
DROP TABLE parts;
ALTER TABLE orders ADD COLUMN IF NOT EXISTS total numeric;
CREATE INDEX IF NOT EXISTS orders_user_idx ON orders (user_id);
CREATE TABLE IF NOT EXISTS sessions (id bigint);
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;

-- +goose Down
ALTER TABLE users ADD COLUMN email text, ADD CONSTRAINT users_name_key UNIQUE (name);
CREATE INDEX orders_total_idx ON orders (total);
CREATE TABLE parts (id bigint);

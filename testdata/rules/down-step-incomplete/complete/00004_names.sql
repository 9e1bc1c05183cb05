-- +goose Up
-- Renamed, and back.
ALTER TABLE users RENAME TO people;
ALTER TABLE people RENAME COLUMN name TO full_name;
ALTER TYPE order_state RENAME VALUE 'paid' TO 'settled';

-- +goose Down
ALTER TYPE order_state RENAME VALUE 'settled' TO 'paid';
ALTER TABLE people RENAME COLUMN full_name TO name;
ALTER TABLE people RENAME TO users;

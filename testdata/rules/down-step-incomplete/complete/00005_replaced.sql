-- +goose Up
-- The old table is kept, and takes its place again.
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (LIKE users_old INCLUDING ALL);

-- +goose Down
DROP TABLE users;
ALTER TABLE users_old RENAME TO users;

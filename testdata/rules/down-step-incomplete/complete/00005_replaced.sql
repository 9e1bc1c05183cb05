-- +goose Up
-- The old table is kept, and takes its place again.
ALTER TABLE people RENAME TO people_old;
CREATE TABLE people (LIKE people_old INCLUDING ALL);

-- +goose Down
DROP TABLE people;
ALTER TABLE people_old RENAME TO people;

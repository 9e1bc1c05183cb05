-- +goose up
ALTER TABLE articles ADD COLUMN author text;

-- +goose down
ALTER TABLE articles DROP COLUMN author;

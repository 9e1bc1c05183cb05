-- +goose Up
ALTER TABLE imports ADD COLUMN id uuid PRIMARY KEY;

-- +goose Down
ALTER TABLE imports DROP COLUMN id;

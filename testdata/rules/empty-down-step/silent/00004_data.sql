-- +goose Up
-- Data is no part of the schema.
UPDATE orders SET note = '' WHERE note IS NULL;

-- +goose Down
SELECT 'down SQL query';

-- +goose Up
-- The foreign key goes with the table, and its triggers on the other.
DROP TABLE orders;
-- +goose Down
DROP TABLE users, app.items;

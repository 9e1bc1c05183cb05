-- +goose NO TRANSACTION
-- +goose Up
-- The server numbers the names that others have.
ALTER TABLE orders ADD PRIMARY KEY (id);
ALTER TABLE orders ADD UNIQUE (number);
ALTER TABLE orders ADD UNIQUE (code);

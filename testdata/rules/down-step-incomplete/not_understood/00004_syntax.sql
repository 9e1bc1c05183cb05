-- +goose Up
CREATE TABLE parts (id bigint PRIMARY KEY);

-- +goose Down
DROP TABEL parts;

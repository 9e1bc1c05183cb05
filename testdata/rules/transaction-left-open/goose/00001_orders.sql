-- +goose NO TRANSACTION
-- +goose Up
BEGIN;
CREATE TABLE orders (id bigint PRIMARY KEY);

-- +goose Down
BEGIN;
DROP TABLE orders;
COMMIT;

-- +goose Up
-- One finding for the pair: the COMMIT is the BEGIN's.
BEGIN;
CREATE TABLE orders (id bigint PRIMARY KEY);
COMMIT;
-- After it there is no transaction, so that this pair is in order.
BEGIN;
CREATE TABLE customers (id bigint PRIMARY KEY);
COMMIT;

-- +goose Down
DROP TABLE customers;
ROLLBACK;
DROP TABLE orders;

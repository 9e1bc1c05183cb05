-- +goose Up
ALTER TABLE orders ALTER COLUMN id TYPE bigint, ALTER COLUMN other TYPE bigint,
    ALTER gone TYPE bigint, ALTER narrow TYPE bigint,
    ALTER replaced TYPE bigint;
-- In the same migration.
ALTER SEQUENCE orders_id_seq AS bigint;
-- The sequence of an identity column follows; one of CREATE SEQUENCE is bigint;
-- nextval() gives no more than bigint.
ALTER TABLE orders ALTER COLUMN identity TYPE bigint;
ALTER TABLE invoices ALTER COLUMN id TYPE bigint;
ALTER TABLE orders ALTER COLUMN big TYPE numeric;
ALTER TABLE dropped ALTER id TYPE bigint;
-- Nothing is known of its columns.
ALTER TABLE customers ALTER id TYPE bigint;

-- +goose Down
SELECT 1;

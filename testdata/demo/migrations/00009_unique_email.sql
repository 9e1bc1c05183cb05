-- +goose NO TRANSACTION

-- The same, with an index that was built before.

-- +goose Up
CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON customers (email);
ALTER TABLE customers ADD CONSTRAINT customers_email_key
    UNIQUE USING INDEX customers_email_key;

-- +goose Down
ALTER TABLE customers DROP CONSTRAINT customers_email_key;

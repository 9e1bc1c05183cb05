-- In a later one; the sequence or the table goes; the column goes back to what
-- it was, or gets another sequence.
-- +goose Up
ALTER SEQUENCE orders_other_seq AS bigint;
ALTER TABLE orders ALTER gone DROP DEFAULT;
DROP SEQUENCE orders_gone_seq;
ALTER TABLE orders ALTER narrow TYPE integer;
DROP TABLE dropped;
CREATE SEQUENCE orders_replaced;
ALTER TABLE orders ALTER replaced SET DEFAULT nextval('orders_replaced');

-- +goose Down
SELECT 1;

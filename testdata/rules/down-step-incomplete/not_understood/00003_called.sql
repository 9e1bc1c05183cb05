-- +goose Up
SELECT my_tools.make_audit_tables('orders');
CREATE TABLE more (id bigint PRIMARY KEY);

-- +goose Down
ALTER TABLE orders DROP COLUMN IF EXISTS never_there;

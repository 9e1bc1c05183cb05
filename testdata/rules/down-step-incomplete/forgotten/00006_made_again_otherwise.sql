-- +goose Up
DROP TABLE invoices;
DROP FUNCTION due(integer);

-- +goose Down
CREATE TABLE invoices (
    id bigint PRIMARY KEY,
    number text NOT NULL,
    order_id bigint CONSTRAINT invoices_order REFERENCES orders (id),
    paid boolean
);
CREATE INDEX invoices_due_idx ON invoices (number);
CREATE FUNCTION due(days integer) RETURNS date LANGUAGE sql VOLATILE AS 'SELECT current_date';

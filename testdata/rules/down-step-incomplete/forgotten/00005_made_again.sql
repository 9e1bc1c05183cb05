-- +goose Up
CREATE TABLE invoices (
    id integer PRIMARY KEY,
    number text UNIQUE,
    order_id bigint CONSTRAINT invoices_order REFERENCES orders (id) ON DELETE CASCADE,
    due date DEFAULT now()
);
CREATE UNIQUE INDEX invoices_due_idx ON invoices (due) WHERE number IS NOT NULL;
CREATE FUNCTION due(days integer) RETURNS date LANGUAGE sql STABLE AS 'SELECT current_date + days';

-- +goose Down
DROP FUNCTION due(integer);
DROP TABLE invoices;

-- options: --postgres-version 18
CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric,
    customer_id bigint REFERENCES customers ON DELETE CASCADE NOT ENFORCED);
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0)
    NOT ENFORCED;
ALTER TABLE orders ADD CONSTRAINT orders_total_not_null NOT NULL total
    NOT VALID;

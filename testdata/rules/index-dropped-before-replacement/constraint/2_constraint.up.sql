ALTER TABLE orders DROP CONSTRAINT orders_a_b_key;
ALTER TABLE orders ADD CONSTRAINT orders_a_b_key UNIQUE (a, b, id);

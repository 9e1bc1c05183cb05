-- Silent: none of these was made here, so they may be there from before; what
-- is said of a table that is not known is believed.
ALTER TABLE orders DROP COLUMN total;
CREATE INDEX orders_state_idx ON orders (state);
CREATE VIEW states AS SELECT state FROM orders;
ALTER TABLE orders ADD CONSTRAINT orders_state_key UNIQUE (state);
DROP TABLE customers;
INSERT INTO parts (id) VALUES (1);
ALTER TABLE orders ADD COLUMN mood mood;
SELECT vanish(id) FROM orders;

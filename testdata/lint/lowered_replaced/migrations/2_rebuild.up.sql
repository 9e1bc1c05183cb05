ALTER TABLE orders RENAME TO orders_before;
ALTER TABLE orders_before RENAME TO orders_old;
CREATE TABLE orders (id bigint PRIMARY KEY, state integer NOT NULL);
INSERT INTO orders (id, state) SELECT id, state::integer FROM orders_old;
DROP TABLE orders_old;
-- Nothing has come in the place of this one.
ALTER TABLE carts RENAME TO carts_old;
DROP TABLE carts_old;

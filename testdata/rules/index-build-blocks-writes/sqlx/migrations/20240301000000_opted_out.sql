-- no-transaction
CREATE INDEX orders_id_idx ON orders (id);

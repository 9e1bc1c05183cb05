-- A new table locks the one it references.
CREATE TABLE items (order_id bigint REFERENCES orders);

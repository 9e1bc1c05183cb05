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
-- Both sides have the column, as USING and NATURAL say.
CREATE TABLE rooms (id text, size integer);
SELECT id, size FROM members JOIN (SELECT id, size FROM rooms) r USING (id);
SELECT id, size FROM (SELECT id, size FROM rooms) r JOIN members USING (id);
SELECT id, size FROM members NATURAL JOIN (SELECT id, size FROM rooms) r;

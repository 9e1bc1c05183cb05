-- Silent: all old rows have NULL in a new column without a default.
ALTER TABLE orders ADD COLUMN user_id bigint REFERENCES users (id);
-- Silent: nothing is checked, and then nobody waits for it.
ALTER TABLE orders ADD CONSTRAINT later FOREIGN KEY (shop_id) REFERENCES shops (id) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT later;
-- Silent: rows of a foreign table are not looked at; it may have no such key.
ALTER FOREIGN TABLE remote ADD FOREIGN KEY (user_id) REFERENCES users (id);

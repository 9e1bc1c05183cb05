-- Silent: nobody waits for a table that this migration makes, and the lock on
-- the other is over in a moment.
CREATE TABLE orders (id bigint, user_id bigint REFERENCES users (id));
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);
-- Silent: no key.
ALTER TABLE users ADD UNIQUE (email);
-- The new table is not worth a word.
CREATE TABLE shops (id bigint PRIMARY KEY);
ALTER TABLE users ADD FOREIGN KEY (shop_id) REFERENCES shops (id);

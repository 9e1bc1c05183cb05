-- Silent: all old rows have NULL there.
ALTER TABLE orders ADD COLUMN user_id bigint REFERENCES users (id);
-- The default must be looked up.
ALTER TABLE orders ADD COLUMN shop_id bigint NOT NULL DEFAULT 1 REFERENCES shops ON DELETE CASCADE CHECK (shop_id > 0);
ALTER TABLE orders ADD COLUMN kind integer DEFAULT 1 CONSTRAINT kinds REFERENCES kinds (id) DEFERRABLE INITIALLY DEFERRED;
-- A key that comes later does not know that its column is empty.
ALTER TABLE orders ADD COLUMN item_id bigint;
ALTER TABLE orders ADD FOREIGN KEY (item_id) REFERENCES items (id);
-- Not so one that has values.
ALTER TABLE orders ADD COLUMN owner_id bigint DEFAULT 1;
ALTER TABLE orders ADD FOREIGN KEY (owner_id) REFERENCES users (id);
-- What it references comes too late for that.
ALTER TABLE orders ADD COLUMN cart_id numeric(10, 0), ADD COLUMN b int;
CREATE TABLE carts (id numeric PRIMARY KEY);
ALTER TABLE orders ADD FOREIGN KEY (cart_id) REFERENCES carts (id);
ALTER TABLE orders ADD FOREIGN KEY (b) REFERENCES bs (id) ON DELETE CASCADE;
-- In one statement the server does not see it either.
ALTER TABLE orders ADD COLUMN tax_id bigint NULL CHECK (tax_id > 0), ADD CONSTRAINT taxes FOREIGN KEY (tax_id) REFERENCES taxes (id);
ALTER TABLE orders ADD COLUMN c_id bigint DEFAULT 4, ADD FOREIGN KEY (c_id) REFERENCES cs (id);

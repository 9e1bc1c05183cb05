ALTER TABLE orders ADD CONSTRAINT by_user FOREIGN KEY (user_id) REFERENCES users (id);
alter table app.orders add foreign key (tenant, "userId") references users on delete cascade deferrable;
-- Of the same table.
ALTER TABLE orders ADD FOREIGN KEY (parent_id) REFERENCES orders (id);
-- The rest of the statement needs the stronger lock.
ALTER TABLE orders
    ADD COLUMN note text,
    ADD FOREIGN KEY (item_id) REFERENCES items (id) ON UPDATE CASCADE;
-- Silent: nothing is checked, and then nobody waits for it.
ALTER TABLE orders ADD CONSTRAINT later FOREIGN KEY (shop_id) REFERENCES shops (id) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT later;

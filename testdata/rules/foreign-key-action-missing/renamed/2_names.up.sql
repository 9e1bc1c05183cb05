ALTER TABLE orders RENAME TO purchases;
ALTER TABLE purchases RENAME CONSTRAINT of_user TO purchases_user;
ALTER TABLE items RENAME COLUMN user_id TO owner_id;
DROP TABLE old_items;
-- Another table of the name has a key with an action.
CREATE TABLE orders (user_id bigint REFERENCES users ON DELETE CASCADE);

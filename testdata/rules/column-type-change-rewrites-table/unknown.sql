-- The present type is not known.
ALTER TABLE orders ALTER COLUMN amount TYPE bigint;
alter table app.orders alter "Name" set data type varchar(100) using upper("Name");
-- Neither is this one.
CREATE EXTENSION stranger;
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE orders ALTER COLUMN note TYPE strange;
-- Nor what it costs its foreign key.
ALTER TABLE orders ADD COLUMN item_id integer REFERENCES items (id);
ALTER TABLE orders ALTER COLUMN item_id TYPE strange USING item_id::strange;

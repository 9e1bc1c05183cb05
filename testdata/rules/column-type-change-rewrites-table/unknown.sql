-- The present type is not known.
ALTER TABLE orders ALTER COLUMN amount TYPE bigint;
alter table app.orders alter "Name" set data type varchar(100) using upper("Name");
-- Neither is this one.
CREATE EXTENSION stranger;
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE orders ALTER COLUMN note TYPE strange;

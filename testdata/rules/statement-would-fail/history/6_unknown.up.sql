-- Silent: nothing says that this table is not there.
ALTER TABLE orders ADD COLUMN note text;

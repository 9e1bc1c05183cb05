-- Silent: made here.
CREATE TABLE mine (id bigint);
ALTER TABLE mine RENAME id TO number;
ALTER TABLE users ADD COLUMN note text;
ALTER TABLE users RENAME COLUMN note TO remark;
-- Silent: the name is in use again when the transaction is over.
BEGIN;
ALTER TABLE orders RENAME COLUMN id TO old_id;
ALTER TABLE orders ADD COLUMN id bigint;
COMMIT;
-- Silent: other rules speak of these.
ALTER TABLE users RENAME TO people;
ALTER TABLE people RENAME CONSTRAINT a TO b;

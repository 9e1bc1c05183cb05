-- Each statement is a transaction of its own, so each is told.
ALTER TABLE orders ADD COLUMN note text;
CREATE UNIQUE INDEX orders_note_idx ON orders (note);
drop table orders;
SET lock_timeout = '5s';
ALTER TABLE users ADD COLUMN note text;
RESET lock_timeout;
ALTER TABLE users DROP COLUMN note;
SET lock_timeout = 0;
TRUNCATE users;

-- The CHECK's ACCESS EXCLUSIVE is held until COMMIT.
BEGIN;
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT total_positive;
COMMIT;
-- A foreign key's SHARE ROW EXCLUSIVE.
BEGIN;
ALTER TABLE app.orders ADD CONSTRAINT "Users" FOREIGN KEY (user_id) REFERENCES users NOT VALID;
ALTER TABLE app.orders VALIDATE CONSTRAINT "Users";
COMMIT;
-- Some other lock on the table.
BEGIN;
ALTER TABLE items ADD COLUMN note text;
ALTER TABLE items VALIDATE CONSTRAINT items_price_check;
COMMIT;

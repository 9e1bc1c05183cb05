-- options: --postgres-version 18
ALTER TABLE orders ALTER COLUMN email SET NOT NULL;
ALTER TABLE orders ADD CONSTRAINT orders_total_not_null NOT NULL total;
ALTER TABLE orders ADD NOT NULL status;
-- Silent: nothing is looked at.
ALTER TABLE orders ADD CONSTRAINT orders_note_not_null NOT NULL note NOT VALID;
-- The column is NOT NULL for new rows only: SET NOT NULL still has to look.
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- Silent: validating lets everybody through, and then nothing is left to do.
ALTER TABLE orders ADD CONSTRAINT orders_city_not_null NOT NULL city NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_city_not_null;
ALTER TABLE orders ALTER COLUMN city SET NOT NULL;

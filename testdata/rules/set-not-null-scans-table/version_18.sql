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
-- What is virtual is computed for every row.
ALTER TABLE orders ADD COLUMN gross integer GENERATED ALWAYS AS (net + tax) VIRTUAL NOT NULL;
alter table orders add paid boolean constraint must not null generated always as (state = 'paid') virtual, add note text;
-- Silent: it may be null; a stored one is another rule's; no rows yet.
ALTER TABLE orders ADD COLUMN half integer GENERATED ALWAYS AS (net / 2) VIRTUAL;
ALTER TABLE orders ADD COLUMN stored integer GENERATED ALWAYS AS (net / 2) STORED NOT NULL;
CREATE TABLE bills (net integer);
ALTER TABLE bills ADD COLUMN gross integer GENERATED ALWAYS AS (net * 2) VIRTUAL NOT NULL;

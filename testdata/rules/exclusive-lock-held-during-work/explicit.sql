BEGIN;
ALTER TABLE app.orders ADD COLUMN note text;
CREATE INDEX items_order_id_idx ON items (order_id);
COMMIT;
BEGIN;
SET LOCAL lock_timeout = '1s';
LOCK TABLE users;
create unique
    index on users (email);
COMMIT;

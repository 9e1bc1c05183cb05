CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE RULE no_delete AS ON DELETE TO orders DO INSTEAD NOTHING;
CREATE TABLE old_orders (id bigint PRIMARY KEY);
-- Silent: it goes with its table.
CREATE RULE no_delete AS ON DELETE TO old_orders DO INSTEAD NOTHING;
-- Silent: nothing is left of it.
BEGIN;
CREATE RULE no_update AS ON UPDATE TO orders DO INSTEAD NOTHING;
ROLLBACK;

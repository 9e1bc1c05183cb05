-- Silent: nobody waits for a table that this migration makes.
CREATE TABLE orders (id bigint);
ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
ALTER TABLE orders ADD COLUMN n bigserial;
CREATE TEMPORARY TABLE scratch (id bigint);
ALTER TABLE scratch ADD COLUMN n serial;
-- Silent: rows of a foreign table are not written.
ALTER FOREIGN TABLE remote ADD COLUMN token uuid DEFAULT gen_random_uuid();

ALTER TABLE remote_orders ADD COLUMN state text NOT NULL;
ALTER FOREIGN TABLE remote_orders ADD COLUMN total bigint NOT NULL;

-- Silent: one by its name, other roles, a new table, and switching on again.
ALTER TABLE orders DISABLE TRIGGER orders_log;
ALTER TABLE orders ENABLE TRIGGER ALL;
ALTER TABLE orders DISABLE RULE a;
SET session_replication_role = DEFAULT;
SET session_replication_role = origin;
SET session_replication_role TO local;
RESET session_replication_role;
SELECT set_config('session_replication_role', 'origin', true);
SELECT set_config('search_path', 'replica', true);
CREATE TABLE new (id bigint PRIMARY KEY REFERENCES orders);
ALTER TABLE new DISABLE TRIGGER ALL;

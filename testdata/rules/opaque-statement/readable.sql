-- Silent: every text that runs is plain to see.
CREATE TABLE orders (id bigint PRIMARY KEY, total integer);
DO $$
DECLARE
    name text;
BEGIN
    EXECUTE 'CREATE INDEX orders_total_idx ON orders (total)';
    EXECUTE format('ALTER TABLE %I ADD COLUMN note text', 'orders');
    IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'users') THEN
        CREATE TABLE users (id bigint PRIMARY KEY);
    END IF;
END $$;

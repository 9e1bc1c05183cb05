-- +goose Up
CREATE OR REPLACE VIEW cheap AS SELECT id, a FROM items WHERE a < 20;
DROP MATERIALIZED VIEW totals;
CREATE MATERIALIZED VIEW totals AS SELECT sum(a + b) AS a FROM items;
ALTER POLICY own_items ON items USING (owner = session_user);
DROP POLICY new_items ON items;
CREATE POLICY new_items ON items FOR INSERT WITH CHECK (a > 1);
DROP TRIGGER items_noted ON items;
CREATE TRIGGER items_noted BEFORE UPDATE ON items FOR EACH ROW WHEN (NEW.a > 1) EXECUTE FUNCTION noted();
CREATE OR REPLACE RULE items_kept AS ON DELETE TO items WHERE old.a > 1 DO INSTEAD NOTHING;
DROP STATISTICS items_statistics;
CREATE STATISTICS items_statistics (ndistinct) ON a, b FROM items;
CREATE OR REPLACE FUNCTION added(x int, y int DEFAULT 1) RETURNS int LANGUAGE sql SET search_path = pg_catalog AS $$ SELECT x + y $$;
DROP FUNCTION named(int);
CREATE FUNCTION named(z int) RETURNS int LANGUAGE sql AS $$ SELECT $1 $$;

-- +goose Down
ALTER TABLE items DISABLE ROW LEVEL SECURITY;

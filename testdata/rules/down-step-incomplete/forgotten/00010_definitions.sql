-- +goose Up
CREATE TABLE items (id int PRIMARY KEY, a int, b int, owner name);
CREATE VIEW cheap AS SELECT id, a FROM items WHERE a < 10;
CREATE MATERIALIZED VIEW totals AS SELECT sum(a) AS a FROM items;
CREATE UNIQUE INDEX totals_a_idx ON totals (a);
CREATE POLICY own_items ON items USING (owner = current_user);
CREATE POLICY new_items ON items FOR INSERT WITH CHECK (a > 0);
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER items_noted BEFORE UPDATE ON items FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION noted();
CREATE RULE items_kept AS ON DELETE TO items WHERE old.a > 0 DO INSTEAD NOTHING;
CREATE STATISTICS items_statistics ON a, b FROM items;
CREATE FUNCTION added(x int, y int DEFAULT 1) RETURNS int LANGUAGE sql SET search_path = public AS $$ SELECT x + y $$;
CREATE FUNCTION named(x int) RETURNS int LANGUAGE sql AS $$ SELECT $1 $$;

-- +goose Down
DROP FUNCTION named(int);
DROP FUNCTION added(int, int);
DROP MATERIALIZED VIEW totals;
DROP VIEW cheap;
DROP TABLE items;
DROP FUNCTION noted();

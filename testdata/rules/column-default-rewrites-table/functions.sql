CREATE FUNCTION code() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN 'a'; END $$;
CREATE FUNCTION fixed() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN 'a'; END $$;
CREATE FUNCTION inlined() RETURNS text LANGUAGE sql AS 'SELECT lower(''A'')';
CREATE FUNCTION not_inlined() RETURNS text LANGUAGE sql AS 'SELECT random()::text';
-- Nothing was declared: VOLATILE.
ALTER TABLE orders ADD COLUMN a text DEFAULT code();
-- Silent: declared STABLE.
ALTER TABLE orders ADD COLUMN b text DEFAULT fixed();
-- Silent: the planner puts the body in its place, which is constant.
ALTER TABLE orders ADD COLUMN c text DEFAULT inlined();
ALTER TABLE orders ADD COLUMN d text DEFAULT not_inlined();
-- Who knows?
ALTER TABLE orders ADD COLUMN e text DEFAULT app.stranger(1);

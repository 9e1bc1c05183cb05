-- +goose Up
CREATE TABLE things (id int PRIMARY KEY, a int, owner name);
CREATE VIEW few_things AS SELECT t.id, t.a AS amount FROM public.things AS t INNER JOIN things u ON u.id = t.id;
CREATE POLICY own_things ON things USING (owner = current_user);
CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER things_kept BEFORE UPDATE ON things FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION kept();

-- +goose Down
DROP VIEW few_things;
DROP TABLE things;
DROP FUNCTION kept();

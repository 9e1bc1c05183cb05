-- +goose Up
DROP VIEW few_things;
DROP POLICY own_things ON things;
DROP TRIGGER things_kept ON things;
DROP FUNCTION kept();
ALTER TABLE things ADD COLUMN b int;

-- +goose Down
-- The same in other words.
CREATE FUNCTION kept() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ LANGUAGE 'plpgsql';
create trigger things_kept before update on public.things
    for each row when ((new.a > 0)) execute procedure kept();
CREATE POLICY own_things ON public.things FOR ALL TO PUBLIC USING ((owner = CURRENT_USER));
CREATE OR REPLACE VIEW few_things AS
    SELECT t.id, t.a amount FROM things t JOIN things AS u ON (u.id = t.id);
ALTER TABLE things DROP COLUMN b;

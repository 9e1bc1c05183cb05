-- Functions of triggers: NEW and OLD are rows of the trigger's table.
CREATE TABLE posts (id bigint PRIMARY KEY, body text, slug text, score integer,
    changed_at timestamptz);
CREATE TABLE history (post_id bigint, body text);

CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER touch BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touched();
CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.slug IS DISTINCT FROM OLD.slug THEN
        INSERT INTO history (post_id, body) VALUES (OLD.id, OLD.body);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep AFTER UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION kept();

ALTER TABLE posts DROP COLUMN changed_at;
ALTER TABLE posts RENAME COLUMN slug TO path;
DROP TABLE history;

CREATE TABLE orders (
    id bigint PRIMARY KEY,
    total integer NOT NULL,
    gross integer GENERATED ALWAYS AS (total * 2) STORED,
    state text,
    region text
);
CREATE TABLE parts (id bigint, region text) PARTITION BY LIST (region);
CREATE VIEW states AS SELECT state FROM orders;
CREATE POLICY own ON orders USING (region = current_user);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE OF region ON orders FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TYPE mood AS ENUM ('ok');
CREATE TABLE notes (mood mood);

ALTER TABLE orders DROP COLUMN state;
ALTER TABLE orders DROP COLUMN total;
ALTER TABLE orders DROP COLUMN region;
ALTER TABLE parts DROP COLUMN region;
ALTER TABLE orders ALTER COLUMN state TYPE varchar(10);
ALTER TABLE orders ALTER COLUMN region TYPE varchar(10);
ALTER TABLE orders ALTER COLUMN total TYPE bigint;
DROP TABLE orders;
DROP FUNCTION touch();
DROP TYPE mood;

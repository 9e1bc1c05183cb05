-- +goose Up
ALTER DOMAIN price ADD CONSTRAINT price_positive CHECK (VALUE > 0 AND value < 100);
ALTER DOMAIN dear SET NOT NULL;
-- Silent: nothing is looked at.
ALTER DOMAIN price ADD CONSTRAINT later CHECK (VALUE <> 7) NOT VALID;
ALTER DOMAIN price DROP CONSTRAINT price_positive;
ALTER DOMAIN price SET DEFAULT 1;
-- Not the same as for tables: writes wait for this one too.
ALTER DOMAIN price VALIDATE CONSTRAINT later;
-- Silent: no table uses it.
ALTER DOMAIN unused ADD CHECK (VALUE <> '');
CREATE TABLE a (p price);
-- Who knows what uses it?
ALTER DOMAIN stranger ADD CHECK (VALUE > 0);

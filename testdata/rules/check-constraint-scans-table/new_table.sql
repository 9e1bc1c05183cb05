-- Silent: nobody waits for a table that this migration makes.
CREATE TABLE orders (id bigint, total integer CHECK (total > 0));
ALTER TABLE orders ADD CHECK (id > 0);
ALTER TABLE orders ADD COLUMN tax integer CHECK (tax > 0);
CREATE TEMPORARY TABLE scratch (id bigint);
ALTER TABLE scratch ADD CHECK (id > 0);
-- Silent: no table uses the domain, or a new one alone.
CREATE DOMAIN price AS integer;
ALTER DOMAIN price ADD CHECK (VALUE > 0);
CREATE DOMAIN weight AS integer;
CREATE TABLE parcels (weight weight);
ALTER DOMAIN weight SET NOT NULL;
-- Silent: rows of foreign tables are not looked at.
ALTER FOREIGN TABLE remote ADD CHECK (id > 0);

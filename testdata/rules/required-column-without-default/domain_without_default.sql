CREATE DOMAIN amount AS numeric CHECK (VALUE > 0);
CREATE DOMAIN rate AS numeric DEFAULT 1;
ALTER TABLE orders ADD COLUMN total amount NOT NULL;
-- The column's own default comes before the domain's.
ALTER TABLE orders ADD COLUMN rate rate NOT NULL DEFAULT NULL;
-- An array of a domain has none of its default.
CREATE DOMAIN tag AS text DEFAULT '';
ALTER TABLE posts ADD COLUMN tags tag[] NOT NULL;

-- Silent: the domain's default is the column's.
CREATE DOMAIN amount AS numeric DEFAULT 0;
CREATE DOMAIN shop.status AS text NOT NULL DEFAULT 'new';
ALTER TABLE orders ADD COLUMN total amount NOT NULL;
ALTER TABLE orders ADD COLUMN status shop.status NOT NULL;

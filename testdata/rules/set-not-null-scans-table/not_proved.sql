-- Not valid yet.
ALTER TABLE orders ADD CONSTRAINT a CHECK (email IS NOT NULL) NOT VALID;
ALTER TABLE orders ALTER COLUMN email SET NOT NULL;
-- Dropped first: in one ALTER TABLE the server does that before all else.
ALTER TABLE orders ADD CONSTRAINT b CHECK (total IS NOT NULL);
ALTER TABLE orders ALTER COLUMN total SET NOT NULL, DROP CONSTRAINT b;
-- Dropped with a column that it reads.
ALTER TABLE orders ADD CONSTRAINT c CHECK (city IS NOT NULL AND old > 0);
ALTER TABLE orders DROP COLUMN old, ALTER COLUMN city SET NOT NULL;
-- Says nothing of nulls: NULL > 0 is no violation.
ALTER TABLE orders ADD CONSTRAINT d CHECK (quantity > 0);
ALTER TABLE orders ALTER COLUMN quantity SET NOT NULL;
-- Only one arm proves it.
ALTER TABLE orders ADD CONSTRAINT e CHECK (zip IS NOT NULL OR country = 'DE');
ALTER TABLE orders ALTER COLUMN zip SET NOT NULL;
-- Dropped before.
ALTER TABLE orders ADD CONSTRAINT f CHECK (note IS NOT NULL);
ALTER TABLE orders DROP CONSTRAINT f;
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
-- Another table's.
ALTER TABLE users ADD CONSTRAINT g CHECK (phone IS NOT NULL);
ALTER TABLE orders ALTER COLUMN phone SET NOT NULL;

-- What two dropped columns take is listed with the first.
ALTER TABLE orders DROP COLUMN a, DROP COLUMN b;

CREATE TABLE orders (id bigint PRIMARY KEY);
-- Refused, as no program has run yet.
ALTER TABLE orders DROP COLUMN state;

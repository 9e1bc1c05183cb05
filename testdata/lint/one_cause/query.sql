-- What fails needs no word about the locks that it would take.
ALTER TABLE orders ADD COLUMN id uuid PRIMARY KEY;
ALTER TABLE orders ADD COLUMN total integer, ALTER COLUMN total SET NOT NULL;
ALTER TABLE orders ADD COLUMN number integer, ADD PRIMARY KEY (number);
ALTER TABLE orders ADD COLUMN code integer NOT NULL UNIQUE;
BEGIN;
CREATE INDEX CONCURRENTLY orders_code_idx ON orders (code);
COMMIT;
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
ALTER TABLE parts ADD COLUMN code integer NOT NULL;
COMMIT;

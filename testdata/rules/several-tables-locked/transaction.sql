-- At the second table, once.
BEGIN;
ALTER TABLE orders ADD COLUMN note text;
CREATE INDEX ON users (email);
ALTER TABLE orders ADD COLUMN text text;
ALTER TABLE users ADD COLUMN age integer;
ALTER TABLE items ADD COLUMN age integer;
COMMIT;
-- Rolled back, it holds nothing.
BEGIN;
SAVEPOINT a;
ALTER TABLE orders ADD COLUMN note text;
ROLLBACK TO a;
ALTER TABLE users ADD COLUMN age integer;
COMMIT;

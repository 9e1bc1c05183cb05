-- options: --postgres-version 18
-- Silent: nothing is stored.
ALTER TABLE orders ADD COLUMN double numeric GENERATED ALWAYS AS (price * 2) VIRTUAL;
ALTER TABLE orders ADD COLUMN half numeric GENERATED ALWAYS AS (price / 2);
ALTER TABLE orders ADD COLUMN total numeric GENERATED ALWAYS AS (price * amount) STORED;
-- The expression of a stored column.
ALTER TABLE orders ALTER COLUMN total SET EXPRESSION AS (price * amount + 1);
-- Silent: a virtual one.
ALTER TABLE orders ALTER COLUMN double SET EXPRESSION AS (price * 3);
ALTER TABLE orders ADD COLUMN token uuid DEFAULT uuidv7();

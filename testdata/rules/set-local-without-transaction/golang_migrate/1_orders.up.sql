-- Several statements in one string are a transaction.
SET LOCAL lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN total numeric;

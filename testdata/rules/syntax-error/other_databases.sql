-- Words of MySQL that no PostgreSQL has.
ALTER TABLE orders MODIFY COLUMN total bigint;
SELECT `id` FROM orders;

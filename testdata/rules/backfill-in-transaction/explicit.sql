-- Tables of which nothing is known.
BEGIN;
UPDATE orders SET total = 0 WHERE total IS NULL;
LOCK TABLE app.items;
UPDATE app.items SET price = 0;
COMMIT;

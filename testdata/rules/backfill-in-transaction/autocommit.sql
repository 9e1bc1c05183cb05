-- Each statement is a transaction of its own.
UPDATE orders SET total = 0 WHERE total IS NULL;
DELETE FROM orders;

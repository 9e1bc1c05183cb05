SELECT id FROM "orders;
SELECT 1;

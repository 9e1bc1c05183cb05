SELECT id FROM orders WHERE paid_at = NULL;
SELECT id FROM orders WHERE paid_at <> null AND total > 0;
SELECT id FROM orders WHERE paid_at != NULL::timestamptz;
SELECT id FROM orders WHERE NULL = paid_at;
SELECT id FROM orders WHERE total > NULL;
UPDATE orders SET paid_at = NULL WHERE total = NULL;
SELECT CASE status WHEN NULL THEN 'none' WHEN 1 THEN 'one' END FROM orders;
CREATE TABLE payments (id bigint, CHECK (id <> NULL));
CREATE VIEW open AS SELECT id FROM orders WHERE paid_at = NULL;

CREATE TABLE accounts (id bigint PRIMARY KEY, active boolean);
-- Silent: the table is new, or temporary.
UPDATE accounts SET active = false;
CREATE TEMPORARY TABLE staging (id bigint);
COMMIT;
UPDATE staging SET id = id + 1;
-- Silent: it says which rows, or that all are meant.
UPDATE orders SET paid = true WHERE id = 1;
UPDATE orders SET paid = true WHERE true;
UPDATE orders SET paid = true WHERE CURRENT OF c;
-- Silent: one row of the conflict.
INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET paid = false;
MERGE INTO orders USING paid ON paid.id = orders.id
    WHEN MATCHED THEN UPDATE SET paid = true;

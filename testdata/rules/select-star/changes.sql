INSERT INTO archive SELECT * FROM orders WHERE id < 100;
INSERT INTO archive (id, day) SELECT o.* FROM orders o;
INSERT INTO orders (id) VALUES (1) RETURNING *;
UPDATE orders SET day = now() FROM users u WHERE u.id = user_id RETURNING u.*;
DELETE FROM orders AS o WHERE id = 1 RETURNING o.*;
MERGE INTO orders USING new_orders n ON n.id = orders.id
    WHEN MATCHED THEN DELETE RETURNING *;
UPDATE orders SET day = now() RETURNING old.*, new.day;
WITH moved AS (DELETE FROM orders RETURNING id, day)
INSERT INTO archive SELECT * FROM orders WHERE id IN (SELECT id FROM moved);

-- options: --postgres-version 18
-- Silent: it is not enforced.
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) NOT ENFORCED;
ALTER TABLE orders ADD FOREIGN KEY (shop_id) REFERENCES shops (id) ENFORCED;

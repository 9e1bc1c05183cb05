CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    user_id bigint REFERENCES users DEFERRABLE INITIALLY DEFERRED
);
BEGIN;
INSERT INTO orders VALUES (1, 1);
ALTER TABLE orders ADD COLUMN total integer;
COMMIT;
-- Silent: the transaction has ended, and with it the checks.
ALTER TABLE orders ADD COLUMN total integer;

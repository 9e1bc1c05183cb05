CREATE TABLE orders (id bigint PRIMARY KEY, price money NOT NULL DEFAULT 0);
ALTER TABLE orders ADD COLUMN prices money[];

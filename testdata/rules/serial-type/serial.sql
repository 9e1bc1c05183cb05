CREATE TABLE users (id bigserial PRIMARY KEY, position serial, grade smallserial);
CREATE TABLE orders (id serial8);
ALTER TABLE orders ADD COLUMN "No" serial4 NOT NULL;

CREATE SCHEMA shop;
CREATE TABLE shop.customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE,
    "Full ""Name""" varchar(80)
);
CREATE TABLE shop.orders (
    id serial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES shop.customers ON DELETE CASCADE,
    total numeric(12, 2) DEFAULT 0 CHECK (total >= 0)
);
CREATE INDEX ON shop.orders (customer_id, lower(total::text) DESC) WHERE total > 0;
CREATE TEMP TABLE scratch (a int);

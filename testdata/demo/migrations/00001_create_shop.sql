-- A shop's first tables. Everything here is new, so nobody waits for it.

-- +goose Up
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text,
    name text NOT NULL,
    fax text,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE products (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku text NOT NULL,
    title text NOT NULL,
    price numeric(12, 2) NOT NULL
);

CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id),
    status text NOT NULL DEFAULT 'new',
    total numeric(12, 2) NOT NULL,
    placed_at timestamptz DEFAULT now()
);
CREATE INDEX orders_customer_id ON orders (customer_id);

-- +goose Down
DROP TABLE orders;
DROP TABLE products;
DROP TABLE customers;

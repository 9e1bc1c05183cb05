CREATE TABLE orders (
    id bigint PRIMARY KEY,
    total integer CHECK (total > 0
);

CREATE TABLE customers (id bigint PRIMARY KEY);

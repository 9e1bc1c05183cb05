CREATE TABLE orders (
    id bigint PRIMARY KEY,
    total integer,
);

SELECT id,
       total,
FROM orders;

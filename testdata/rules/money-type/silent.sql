-- Only a name.
CREATE TABLE orders (money numeric(12, 2), cents bigint);

CREATE TABLE orders (id bigint PRIMARY KEY, state text);
CREATE TABLE carts (id bigint PRIMARY KEY);

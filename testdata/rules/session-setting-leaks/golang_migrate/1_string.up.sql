-- One string of several statements: SET LOCAL works in it.
SET lock_timeout = '5s';
CREATE TABLE orders (id bigint PRIMARY KEY);

CREATE TABLE orders (id bigint PRIMARY KEY, number int, code char(5), name varchar(20), note text, price float8, placed date, at timestamptz);
CREATE INDEX orders_number ON orders (number);
CREATE INDEX orders_code ON orders (code);
CREATE INDEX orders_name ON orders (name);
CREATE INDEX orders_note ON orders (note);
CREATE INDEX orders_price ON orders (price);
CREATE INDEX orders_placed ON orders (placed);
CREATE INDEX orders_at ON orders (at);
CREATE TABLE bills (id bigint PRIMARY KEY, number numeric);

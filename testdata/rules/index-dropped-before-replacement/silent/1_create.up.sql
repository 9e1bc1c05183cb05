CREATE TABLE orders (id bigint PRIMARY KEY, a integer, b integer, c integer,
    CONSTRAINT old UNIQUE (c));
CREATE INDEX orders_a_idx ON orders (a);
CREATE INDEX orders_b_idx ON orders (b);
CREATE INDEX orders_lower_idx ON orders (abs(a));
CREATE TABLE rooms (id bigint PRIMARY KEY, number integer, state text);
CREATE INDEX rooms_number_idx ON rooms (number) WHERE state = 'open';

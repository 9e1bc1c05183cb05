-- +goose Up
CREATE TABLE orders (
    id bigint PRIMARY KEY, a integer, b integer, c text, d integer,
    UNIQUE (a, b), CHECK (a < b), CONSTRAINT small CHECK (b < 10));
CREATE INDEX orders_a_b_idx ON orders (a, b);
CREATE INDEX orders_partial ON orders (a) WHERE b > 0;
CREATE INDEX orders_including ON orders (a) INCLUDE (b);
CREATE INDEX orders_expression ON orders (lower(c), (a + b));
CREATE INDEX orders_only_b ON orders (b);
CREATE INDEX orders_led_by_b ON orders (b) INCLUDE (a);
CREATE TABLE pairs (x integer, y integer, PRIMARY KEY (x, y));
CREATE TABLE refs (id bigint PRIMARY KEY, x integer, y integer,
    CONSTRAINT refs_pair FOREIGN KEY (x, y) REFERENCES pairs);

-- +goose Down
DROP TABLE orders;

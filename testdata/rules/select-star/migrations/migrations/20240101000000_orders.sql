-- migrate:up
CREATE TABLE orders (id bigint PRIMARY KEY, day date);
CREATE TABLE archive (id bigint PRIMARY KEY, day date);
CREATE VIEW all_orders AS SELECT * FROM orders;

CREATE FUNCTION archive_orders() RETURNS void LANGUAGE sql AS $$
    INSERT INTO archive SELECT * FROM orders;
$$;
-- migrate:down

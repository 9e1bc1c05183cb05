--liquibase formatted sql

--changeset anna:1
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE INDEX orders_id_idx ON orders (id);

-- "empty" is a way back, and a changeset that runs again has none.
--changeset anna:2
INSERT INTO orders VALUES (1);
--rollback empty

--changeset anna:3 runOnChange:true
CREATE OR REPLACE VIEW order_ids AS SELECT id FROM orders;

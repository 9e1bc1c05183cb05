-- Silent: the settings say that nobody goes back.
-- migrate:up
CREATE TABLE orders (id bigint PRIMARY KEY);

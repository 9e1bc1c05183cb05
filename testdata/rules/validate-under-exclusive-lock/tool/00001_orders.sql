-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total numeric CHECK (total > 0));
-- The table is new.
ALTER TABLE orders ADD CONSTRAINT id_positive CHECK (id > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT id_positive;

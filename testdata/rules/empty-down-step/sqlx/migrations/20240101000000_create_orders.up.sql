-- Add up migration script here
CREATE TABLE orders (id bigint PRIMARY KEY);

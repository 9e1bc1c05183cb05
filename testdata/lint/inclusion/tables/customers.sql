CREATE TABLE customers (id bigint PRIMARY KEY);
\ir orders_base.sql

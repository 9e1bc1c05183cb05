-- Silent: no code runs before the first migration.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM anonymous;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE TABLE orders (id bigint PRIMARY KEY);

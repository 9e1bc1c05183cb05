-- BEGIN within BEGIN: one finding, at the second.
BEGIN;
CREATE TABLE orders (id bigint PRIMARY KEY);
START TRANSACTION;
CREATE TABLE customers (id bigint PRIMARY KEY);
COMMIT;
-- The first COMMIT ended both; this one is the nested BEGIN's, which is said
-- already.
COMMIT;
-- This one is nobody's.
COMMIT;

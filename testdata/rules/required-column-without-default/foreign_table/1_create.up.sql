-- A foreign table has no rows here that the server could check: its rows are
-- another server's, and NOT NULL on it is a promise. ALTER TABLE is allowed on
-- it, as ALTER FOREIGN TABLE is.
CREATE FOREIGN TABLE remote_orders (id bigint) SERVER elsewhere;

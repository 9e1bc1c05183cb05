-- What is included is judged where it stands: orders is new in this run, and
-- customers is made before it.
\set ON_ERROR_STOP on
BEGIN;
\i tables/customers.sql
\ir 'tables/orders.sql'
CREATE INDEX orders_customer_idx ON orders (customer);
CREATE INDEX invoices_idx ON invoices (id);
\include_relative tables/orders.sql
\i missing.sql
\i /etc/hostname.sql
\i :file
COMMIT;

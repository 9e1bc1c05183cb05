-- What depends on these is not known.
DROP VIEW reports CASCADE;
drop type if exists mood, app.size cascade;
DROP EXTENSION pg_trgm CASCADE;
ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE, ADD PRIMARY KEY (id, day);

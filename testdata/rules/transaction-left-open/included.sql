-- What psql includes may end it.
BEGIN;
\i orders.sql

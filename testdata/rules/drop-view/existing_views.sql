CREATE TABLE users (id bigint);
BEGIN;
-- A file of its own may drop what was there before.
DROP VIEW active_users;
drop view if exists app."Report", public.totals cascade;
DROP MATERIALIZED VIEW daily_totals;
COMMIT;

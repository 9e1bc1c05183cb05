-- Silent: made here.
CREATE SCHEMA app;
CREATE TABLE app.t (id bigint);
DROP SCHEMA app CASCADE;
-- Silent: it is renamed.
ALTER SCHEMA old RENAME TO unused;

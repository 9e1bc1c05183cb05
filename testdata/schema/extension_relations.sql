-- The views that an extension brings are found in its schema, and what reads
-- them needs the extension.
CREATE SCHEMA watch;
CREATE EXTENSION pg_stat_statements SCHEMA watch;
CREATE VIEW a AS SELECT calls FROM pg_stat_statements;
CREATE VIEW a AS SELECT s.calls, s.query FROM watch.pg_stat_statements AS s;
SET search_path = public, watch;
CREATE VIEW b AS SELECT pg_stat_statements.calls, userid FROM pg_stat_statements;
CREATE VIEW c AS SELECT nothing FROM pg_stat_statements;
RESET search_path;
CREATE VIEW d AS SELECT relname, t.table_type FROM pg_class
    JOIN information_schema.tables AS t ON t.table_name = relname;

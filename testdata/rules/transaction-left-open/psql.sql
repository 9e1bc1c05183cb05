-- Other commands of psql end nothing.
BEGIN;
\echo done

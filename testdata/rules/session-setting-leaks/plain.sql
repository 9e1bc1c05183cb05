-- psql ends the session with the file.
BEGIN;
SET search_path = app;
COMMIT;

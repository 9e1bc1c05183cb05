-- What is not known has triggers and foreign keys.
ALTER TABLE unknown DISABLE TRIGGER ALL;
ALTER TABLE IF EXISTS app.unknown DISABLE TRIGGER USER, ENABLE TRIGGER a;
SET session_replication_role = replica;
SET LOCAL session_replication_role TO 'REPLICA';
SELECT set_config('session_replication_role', 'replica', true);
ALTER ROLE loader SET session_replication_role = 'replica';

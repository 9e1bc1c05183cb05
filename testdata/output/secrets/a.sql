CREATE ROLE a SUPERUSER PASSWORD 'correct hörse' LOGIN; SELECT x FROM y WHERE z = NULL;
-- pgsquint: allow password-in-source -- of a test
CREATE ROLE b SUPERUSER PASSWORD $$battery$$;
CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h', password 'staple');
-- One letter is hidden where it is a password, and stays where it is not.
CREATE ROLE x PASSWORD 'x' SUPERUSER;

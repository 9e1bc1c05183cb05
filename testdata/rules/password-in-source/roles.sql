CREATE ROLE app LOGIN PASSWORD 'secret one';
CREATE USER "App" WITH ENCRYPTED PASSWORD E'secret\ttwo' VALID UNTIL '2030-01-01';
ALTER USER app PASSWORD 'secret three';
ALTER ROLE CURRENT_USER WITH PASSWORD $pw$secret four$pw$ LOGIN;
ALTER ROLE app PASSWORD 'md5cd3578025fe2c3d7ed1b9a9b26238b70';
-- A hash is not the password.
ALTER ROLE app PASSWORD 'SCRAM-SHA-256$4096:salt==$stored=:server=';
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
        CREATE ROLE app LOGIN PASSWORD 'secret five';
    END IF;
END $$;

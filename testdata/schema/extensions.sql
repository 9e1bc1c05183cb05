-- What extensions bring belongs to them.
CREATE EXTENSION citext;
CREATE EXTENSION citext;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION "uuid-ossp" WITH SCHEMA ext;
CREATE EXTENSION pgcrypto;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE TABLE t (
    id uuid PRIMARY KEY DEFAULT ext.uuid_generate_v4(),
    name citext NOT NULL,
    other public.citext[],
    attributes ext.hstore DEFAULT ''::ext.hstore,
    room int,
    during tstzrange,
    EXCLUDE USING gist (room WITH =, during WITH &&)
);
CREATE INDEX ON t USING gin (name gin_trgm_ops);
CREATE INDEX ON t USING gin ((name::text) gin_trgm_ops);
CREATE VIEW v AS SELECT name, lower(name) AS lower, gen_salt('bf') AS salt, attributes FROM t;
DROP TYPE citext;
DROP FUNCTION gen_salt(text);
DROP EXTENSION citext;
ALTER EXTENSION hstore SET SCHEMA public;
DROP EXTENSION btree_gist CASCADE;
DROP EXTENSION citext CASCADE;
DROP EXTENSION IF EXISTS citext;
DROP EXTENSION citext;
DROP SCHEMA ext;
DROP SCHEMA ext CASCADE;

CREATE DOMAIN identifier AS bigint;
CREATE DOMAIN slug AS varchar(20);
CREATE TABLE users (id bigserial PRIMARY KEY, slug text UNIQUE, code varchar(10) UNIQUE);
CREATE TABLE orders (user_id bigint REFERENCES users);
CREATE TABLE items (user_id identifier REFERENCES users);
-- The same to an index.
CREATE TABLE notes (slug varchar(100) REFERENCES users (slug), code slug REFERENCES users (code));
CREATE TABLE marks (code varchar(20) REFERENCES users (code));
-- Its type is not known.
CREATE TABLE uses (id integer REFERENCES elsewhere (id));
CREATE TABLE gone (user_id integer REFERENCES users);
DROP TABLE gone;

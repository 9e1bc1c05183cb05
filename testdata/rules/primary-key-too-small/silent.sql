CREATE TABLE users (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);

-- Nothing feeds it: people write the numbers.
CREATE TABLE countries (id integer PRIMARY KEY);
CREATE TABLE regions (id integer DEFAULT 1 PRIMARY KEY);

-- Not the primary key.
CREATE TABLE notes (id uuid PRIMARY KEY, position serial);

-- An end that somebody wrote is meant.
CREATE TABLE shards (id integer
    GENERATED ALWAYS AS IDENTITY (MAXVALUE 64) PRIMARY KEY);
CREATE TABLE slots (id smallint
    GENERATED ALWAYS AS IDENTITY (CYCLE) PRIMARY KEY);

CREATE TEMPORARY TABLE work (id serial PRIMARY KEY);
CREATE TABLE gone (id serial PRIMARY KEY);
DROP TABLE gone;

-- Silent: made here.
CREATE TYPE mood AS ENUM ('sad');
DROP TYPE mood;
CREATE DOMAIN email AS text;
DROP DOMAIN email;
CREATE TYPE pair AS (a integer, b integer);
DROP TYPE pair;

-- Silent: a file of no tool may well be run by psql, which knows its commands.
\set size 100
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(100));
\gexec

-- +goose Up
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE feeling AS ENUM ('sad', 'content', 'happy');
CREATE TABLE t (
    id bigint PRIMARY KEY,
    t text, v varchar(50), c char(10),
    i integer, s smallint, n numeric(10, 4), k numeric(4, 0),
    r real, ts timestamp(3), tz timestamptz, day date, mood mood, uid uuid, j json, js jsonb
);
CREATE EXTENSION citext;

-- +goose Up
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE feeling AS ENUM ('sad', 'content', 'happy');
CREATE TYPE few AS ENUM ('sad');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE t (
    id bigint PRIMARY KEY,
    t text, v varchar(50), c char(10), u varchar,
    b bigint, i integer, s smallint, n numeric(10, 4), m numeric,
    d double precision, r real,
    ts timestamp, tz timestamptz, ti time, iv interval, day date,
    mood mood, tags varchar(20)[], uid uuid, ip inet, f boolean, bits varbit(8)
);

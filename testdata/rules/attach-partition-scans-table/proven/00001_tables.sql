-- +goose Up
CREATE TABLE events (at date, id bigint) PARTITION BY RANGE (at);
CREATE TABLE events_1 (at date, id bigint);
CREATE TABLE events_2 (at date NOT NULL, id bigint);
CREATE TABLE users (name text, region text) PARTITION BY LIST (region);
CREATE TABLE users_1 (name text, region text);
CREATE TABLE users_other PARTITION OF users DEFAULT;
CREATE SCHEMA app;
CREATE TABLE app.items (a int, b text, "C" date) PARTITION BY RANGE (a, b, "C");
CREATE TABLE app.items_1 (a int, b text, "C" date);
CREATE TABLE app.items_2 (a int, b text, "C" date);
CREATE TABLE app.items_3 (a int, b text, "C" date);
CREATE TABLE hashed (a int, b int) PARTITION BY HASH (a, b);
CREATE TABLE hashed_1 (a int, b int);
CREATE TABLE lowered (a text) PARTITION BY LIST (lower(a));
CREATE TABLE lowered_1 (a text);
-- New tables, no default partition.
CREATE TABLE fresh (a int) PARTITION BY LIST (a);
CREATE TABLE fresh_1 (a int);
ALTER TABLE fresh ATTACH PARTITION fresh_1 FOR VALUES IN (1);

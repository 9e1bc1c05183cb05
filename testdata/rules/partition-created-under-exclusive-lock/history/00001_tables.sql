-- +goose Up
CREATE TABLE events (at date, id bigint, twice bigint GENERATED ALWAYS AS (id * 2) STORED) PARTITION BY RANGE (at);
CREATE TABLE hashed (a int) PARTITION BY HASH (a);
CREATE TABLE users (name text, region text) PARTITION BY LIST (region);
CREATE TABLE users_other PARTITION OF users DEFAULT;

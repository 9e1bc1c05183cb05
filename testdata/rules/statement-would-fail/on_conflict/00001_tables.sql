-- +goose Up
CREATE TABLE people (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, person_id bigint REFERENCES people,
    total integer);
CREATE TABLE events (id bigint, at date, kind text) PARTITION BY RANGE (at);

-- +goose Up
CREATE TABLE notes (id bigint, owner text);
CREATE TABLE lines (id bigint);
CREATE TABLE open (id bigint);
CREATE TABLE less_open (id bigint);
CREATE TABLE secured (id bigint);
ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
CREATE TABLE gone (id bigint);

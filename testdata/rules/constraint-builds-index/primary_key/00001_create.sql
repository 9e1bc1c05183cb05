-- +goose Up
CREATE TABLE users (id bigint, tenant bigint NOT NULL, email text);
CREATE TABLE teams (id bigint, name text);
ALTER TABLE teams ADD CONSTRAINT teams_id CHECK (id IS NOT NULL);

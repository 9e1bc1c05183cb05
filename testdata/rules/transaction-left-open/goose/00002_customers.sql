-- +goose Up
-- The tool's COMMIT ends it.
BEGIN;
CREATE TABLE customers (id bigint PRIMARY KEY);

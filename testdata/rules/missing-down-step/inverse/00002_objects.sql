-- What is made here and what is done to it go with one DROP.
-- +goose Up
BEGIN;
SET LOCAL lock_timeout = '2s';
CREATE SCHEMA shop;
CREATE EXTENSION "uuid-ossp";
CREATE TYPE shop.status AS ENUM ('new', 'paid');
CREATE TYPE shop.point AS (x integer, y integer);
CREATE DOMAIN shop.amount AS numeric CHECK (VALUE > 0);
CREATE SEQUENCE shop.numbers;
CREATE TABLE shop."Order" (id bigint PRIMARY KEY, status shop.status);
CREATE INDEX ON shop."Order" (status);
ALTER TABLE shop."Order" ALTER COLUMN status SET DEFAULT 'new';
COMMENT ON TABLE shop."Order" IS 'orders';
INSERT INTO shop."Order" (id) VALUES (1);
CREATE VIEW shop.paid AS SELECT id FROM shop."Order" WHERE status = 'paid';
CREATE MATERIALIZED VIEW shop.counts AS SELECT count(*) FROM shop."Order";
CREATE TEMPORARY TABLE scratch (id bigint);
COMMIT;

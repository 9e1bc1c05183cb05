-- +goose Up
CREATE DOMAIN price AS numeric(10, 2) CONSTRAINT price_positive CHECK (VALUE > 0);
CREATE DOMAIN dear AS price NOT NULL DEFAULT 5;
CREATE DOMAIN plain AS text;
CREATE DOMAIN token AS uuid DEFAULT gen_random_uuid();
CREATE TABLE orders (id bigint);

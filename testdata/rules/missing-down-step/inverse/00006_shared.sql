-- An extension that may have been there before stays.
-- +goose Up
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE SCHEMA IF NOT EXISTS app;
CREATE TABLE app.keys (id bigint PRIMARY KEY);

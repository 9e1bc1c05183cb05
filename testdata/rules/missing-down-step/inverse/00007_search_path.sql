-- The down step would need the search_path too: no statements are proposed.
-- +goose Up
SET search_path TO app;
CREATE TABLE locks (id bigint PRIMARY KEY);

-- What was there before OR REPLACE is not known: no statements are proposed.
-- +goose Up
CREATE OR REPLACE VIEW shop.settled AS SELECT 1 AS id;

-- Nothing brings the rows back, so no statements are proposed.
-- +goose Up
DELETE FROM purchases WHERE amount = 0;

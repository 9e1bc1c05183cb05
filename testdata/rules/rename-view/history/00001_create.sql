-- +goose Up
CREATE VIEW totals AS SELECT 1 AS one, 2 AS two;
CREATE VIEW others AS SELECT 1 AS one, 2 AS two;
CREATE VIEW both AS SELECT 1 AS one;

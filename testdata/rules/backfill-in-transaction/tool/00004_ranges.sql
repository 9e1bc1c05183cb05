-- +goose Up
-- Rows that are done cannot be told from others.
UPDATE users SET "Age" = "Age" + 1;
UPDATE users SET email = lower(email), city = upper(city);
UPDATE visits SET site = site || '/';
UPDATE users SET city = site FROM visits;
WITH one AS (SELECT 1 AS a) UPDATE users AS u SET "Age" = a FROM one;

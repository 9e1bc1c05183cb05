-- +goose Up
-- The default partition is locked, but not read.
CREATE TABLE users_2 PARTITION OF users FOR VALUES IN ('fr');

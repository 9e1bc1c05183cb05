-- +goose Up
CREATE TABLE users_1 PARTITION OF users FOR VALUES IN ('de');

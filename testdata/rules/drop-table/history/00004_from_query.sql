-- +goose Up
CREATE TABLE totals (user_id bigint, total numeric);
CREATE TABLE counts (user_id bigint, number bigint);

-- A finding about the whole file is silenced for the whole file.
-- pgsquint: allow-file missing-down-step -- refunds stay
-- +goose Up
CREATE TABLE refunds (id bigint PRIMARY KEY, customer bigint REFERENCES customers);

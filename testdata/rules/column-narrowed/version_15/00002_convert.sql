-- +goose Up
-- pg_input_is_valid() is of 16.
ALTER TABLE t ALTER t TYPE uuid USING t::uuid;

-- +goose Up
-- Others may have made them before, and use them.
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE SCHEMA IF NOT EXISTS audit;

-- +goose Down

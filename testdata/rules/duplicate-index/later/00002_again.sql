-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY ON orders (user_id);

-- +goose Up
ALTER TABLE users ADD COLUMN c integer;
UPDATE orders SET note = u.email FROM users u WHERE u.id = orders.user_id;

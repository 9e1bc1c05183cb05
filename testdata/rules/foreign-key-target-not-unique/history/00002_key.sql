-- +goose Up
ALTER TABLE orders ADD FOREIGN KEY (email) REFERENCES users (email);

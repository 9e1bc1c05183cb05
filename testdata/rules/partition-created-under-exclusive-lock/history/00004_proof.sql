-- +goose Up
ALTER TABLE users_other ADD CHECK (NOT (region IS NOT NULL AND region = 'fr'));

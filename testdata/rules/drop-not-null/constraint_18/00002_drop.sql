-- +goose Up
ALTER TABLE users DROP CONSTRAINT email_given;

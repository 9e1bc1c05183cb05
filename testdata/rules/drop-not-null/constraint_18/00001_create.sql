-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT email_given NOT NULL);

-- +goose Up
INSERT INTO people (id, email) VALUES (1, 'a')
    ON CONFLICT (email) DO UPDATE SET email = excluded.email;

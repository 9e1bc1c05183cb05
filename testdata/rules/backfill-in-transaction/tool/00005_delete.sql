-- +goose Up
DELETE FROM users;
DELETE FROM ONLY public.visits RETURNING *;
-- +goose Down
DELETE FROM items;

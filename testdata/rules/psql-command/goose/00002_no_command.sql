-- +goose Up
-- Silent: backslashes in strings and comments are no commands, \set neither.
INSERT INTO users (id, name) VALUES (1, '\set'), (2, E'\\i');

-- +goose Down
DELETE FROM users;

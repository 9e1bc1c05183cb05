-- +goose Up
-- Nothing in the condition is of a row: all are changed, or none.
UPDATE users SET name = 'x' WHERE (SELECT count(*) FROM visits) > 0;
-- +goose Down

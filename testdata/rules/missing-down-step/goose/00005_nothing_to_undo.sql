-- Silent: a down step is there. Whether an empty one is right is for
-- another rule to say.
-- +goose Up
UPDATE purchases SET amount = 0 WHERE amount IS NULL;

-- +goose Down

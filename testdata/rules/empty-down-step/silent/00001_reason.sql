-- +goose Up
CREATE TABLE orders (id bigint PRIMARY KEY, note text);

-- +goose Down
-- The comment gives the reason: the first release has nothing to go back to.
SELECT 1;

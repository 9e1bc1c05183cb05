-- +goose Up
REINDEX TABLE orders;
REINDEX INDEX orders_a_idx;
-- Silent: it has no index.
REINDEX TABLE logs;
-- +goose Down
-- Silent: a down step.
REINDEX TABLE orders;

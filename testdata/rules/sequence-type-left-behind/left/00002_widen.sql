-- +goose Up
ALTER TABLE orders ALTER COLUMN n TYPE bigint, ALTER COLUMN id TYPE bigint,
    ALTER small SET DATA TYPE integer;
ALTER TABLE app."Orders" ALTER "Id" TYPE int8;

-- +goose Down
SELECT 1;

-- +goose Up
-- +goose NO TRANSACTION
ALTER TABLE orders ALTER COLUMN amount TYPE bigint;
-- A CHECK does for a shorter one.
ALTER TABLE orders ALTER COLUMN name TYPE varchar(50);
ALTER TABLE orders ALTER note TYPE character varying(500);
-- But not for char.
ALTER TABLE orders ALTER COLUMN code TYPE char(20);
-- The same bits in UTC.
ALTER TABLE orders ALTER COLUMN at TYPE timestamptz;
ALTER TABLE orders ALTER COLUMN seen TYPE timestamp USING seen AT TIME ZONE 'UTC';
-- The index would be built anew all the same.
ALTER TABLE orders ALTER COLUMN paid TYPE timestamptz USING paid AT TIME ZONE 'UTC';
ALTER TABLE orders ALTER COLUMN state TYPE state USING state::state;
ALTER TABLE orders ALTER COLUMN tags TYPE text[];
ALTER TABLE orders ALTER COLUMN "Data" TYPE jsonb USING "Data"::jsonb,
    ALTER COLUMN id TYPE bigint;
ALTER TABLE app.items ALTER COLUMN order_id TYPE numeric(10, 2) USING (order_id / 2.0);

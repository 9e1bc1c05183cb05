CREATE TABLE orders (id bigint, day date NOT NULL, number text)
    PARTITION BY RANGE (day);
CREATE TABLE orders_1 PARTITION OF orders
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE orders_2 PARTITION OF orders
    FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX orders_day_idx ON ONLY orders (day);
CREATE UNIQUE INDEX orders_number_key ON ONLY orders (lower(number), day);
CREATE INDEX orders_1_day_idx ON orders_1 (day);
ALTER INDEX orders_day_idx ATTACH PARTITION orders_1_day_idx;
-- One finding: partitions have the parent's constraint.
ALTER TABLE orders ADD CONSTRAINT orders_number_check
    CHECK (number <> '') NOT VALID;

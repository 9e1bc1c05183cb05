-- Every partition has its part; the constraints are valid.
CREATE TABLE orders (id bigint CHECK (id > 0), day date NOT NULL)
    PARTITION BY RANGE (day);
CREATE TABLE orders_1 PARTITION OF orders
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX orders_day_idx ON ONLY orders (day);
CREATE INDEX orders_1_day_idx ON orders_1 (day);
ALTER INDEX orders_day_idx ATTACH PARTITION orders_1_day_idx;
CREATE TEMPORARY TABLE scratch (a integer);
ALTER TABLE scratch ADD CHECK (a > 0) NOT VALID;

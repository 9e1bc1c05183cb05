-- Likewise.
CREATE INDEX CONCURRENTLY orders_1_day_idx ON orders_1 (day);
ALTER INDEX orders_day_idx ATTACH PARTITION orders_1_day_idx;

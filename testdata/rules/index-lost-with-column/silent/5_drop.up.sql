-- Dropped by name before.
DROP INDEX orders_h_i_idx;
ALTER TABLE orders DROP COLUMN i;
-- Another column takes its place in the index.
ALTER TABLE tickets ADD COLUMN featured boolean, DROP COLUMN stickied;
CREATE INDEX ON tickets (featured DESC, abs(score), day);

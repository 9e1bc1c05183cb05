CREATE TABLE orders (id bigint PRIMARY KEY, day date) PARTITION BY RANGE (day);
COMMENT ON TABLE orders IS 'Orders';
COMMENT ON COLUMN orders.id IS 'Id';
COMMENT ON COLUMN orders.day IS 'Day';
-- What stands for the parent says what it says.
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- Copied with the columns.
CREATE TABLE copies (LIKE orders INCLUDING COMMENTS);
COMMENT ON TABLE copies IS 'Copies';
CREATE TABLE children () INHERITS (copies);
COMMENT ON TABLE children IS 'Children';
-- Gone at the end of the session.
CREATE TEMP TABLE work (id int);
-- Views have the comments of who looks.
CREATE VIEW v AS SELECT id FROM orders;
-- Renamed: the comment stays.
ALTER TABLE copies RENAME TO duplicates;
ALTER TABLE duplicates RENAME COLUMN id TO number;

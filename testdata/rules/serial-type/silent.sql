CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
-- No serial, though it takes numbers from a sequence.
CREATE SEQUENCE numbers;
CREATE TABLE invoices (number bigint DEFAULT nextval('numbers') PRIMARY KEY);
CREATE TEMPORARY TABLE work (id serial);
CREATE TABLE gone (id serial);
DROP TABLE gone;
CREATE TABLE parts (id bigserial, kind text) PARTITION BY LIST (kind);
-- The column is the partitioned table's.
CREATE TABLE parts_a PARTITION OF parts FOR VALUES IN ('a');
DROP TABLE parts;

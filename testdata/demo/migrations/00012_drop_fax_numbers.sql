-- What this migration made itself it may drop; what was there before, others
-- may still read.

-- +goose Up
CREATE TABLE fax_import (line text);
DROP TABLE fax_import;
DROP TABLE fax_numbers;

-- +goose Down
CREATE TABLE fax_numbers (customer_id bigint PRIMARY KEY, fax text NOT NULL);

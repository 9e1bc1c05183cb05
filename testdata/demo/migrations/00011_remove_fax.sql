-- A comment allows what is meant. One that silences nothing is a finding, and
-- so is one that names no rule.

-- +goose Up
CREATE TABLE fax_numbers (customer_id bigint PRIMARY KEY, fax text NOT NULL);
ALTER TABLE customers DROP COLUMN fax;

-- pgsquint: allow drop-column -- nothing has read it since release 2.3
ALTER TABLE products DROP COLUMN currency;

-- pgsquint: allow drop-table
ALTER TABLE customers ADD COLUMN phone text;

-- pgsquint: allow dropping-columns
ALTER TABLE products ADD COLUMN weight_grams integer;

-- +goose Down
ALTER TABLE products DROP COLUMN weight_grams;
ALTER TABLE products ADD COLUMN currency text NOT NULL DEFAULT 'EUR';
ALTER TABLE customers DROP COLUMN phone;
ALTER TABLE customers ADD COLUMN fax text;
DROP TABLE fax_numbers;

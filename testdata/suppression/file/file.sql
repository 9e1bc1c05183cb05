DROP TABLE a;
ALTER TABLE b DROP COLUMN c;
CREATE INDEX b_d_idx ON b (d);
-- Anywhere in the file, for all of it.
-- pgsquint: allow-file drop-table, drop-column -- the service is switched off
DROP TABLE e;
-- pgsquint: allow-file select-star

-- Silent: made here, so nobody else can use them.
CREATE TABLE scratch (id bigint);
DROP TABLE scratch;
CREATE TABLE copied AS SELECT * FROM orders;
ALTER TABLE copied RENAME TO kept;
DROP TABLE kept;
CREATE TEMPORARY TABLE mine (id bigint);
DROP TABLE mine;
DROP TABLE pg_temp.yours;
-- Silent: other rules speak of these.
DROP VIEW a_view;
DROP MATERIALIZED VIEW totals;
DROP INDEX an_index;
DROP FOREIGN TABLE remote;
DROP SEQUENCE numbers;
-- Silent: the text of a function is not run here.
CREATE FUNCTION clean() RETURNS void LANGUAGE sql AS 'DROP TABLE orders';

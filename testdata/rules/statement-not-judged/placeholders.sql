CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE ${schema}.customers (id bigint PRIMARY KEY);
GRANT SELECT ON {{ table }} TO reports;
CREATE INDEX ON <%= table %> (id);

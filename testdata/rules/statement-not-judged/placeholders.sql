-- What stands for a name or a value is read; the rest of the file is too.
CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE ${schema}.customers (id bigint PRIMARY KEY);
CREATE TABLE ${create};
ALTER TABLE {{ table }} {{ change }};
CREATE INDEX <%= rest %>;

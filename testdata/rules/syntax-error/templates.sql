-- Silent: a template's placeholder is not an error of the SQL around it, and
-- statement-not-judged counts these statements.
CREATE TABLE ${schema}.orders (id bigint PRIMARY KEY);
CREATE TABLE {{ schema }}.customers (id bigint PRIMARY KEY);
GRANT SELECT ON <%= table %> TO reports;

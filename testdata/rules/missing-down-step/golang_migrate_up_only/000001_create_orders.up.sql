-- Silent: golang-migrate needs no down files, and this history has none.
CREATE TABLE orders (id bigint PRIMARY KEY);

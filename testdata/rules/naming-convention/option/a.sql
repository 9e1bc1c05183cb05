CREATE TABLE orders (id bigint PRIMARY KEY, "madeAt" timestamptz);
CREATE TABLE item (id bigint CONSTRAINT pk PRIMARY KEY);
CREATE INDEX items_by_id ON item (id);

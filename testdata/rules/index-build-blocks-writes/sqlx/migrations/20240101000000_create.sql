CREATE TABLE orders (id bigint, day date);

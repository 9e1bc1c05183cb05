-- migrate:up
CREATE TABLE orders (id bigint, day date);

-- migrate:down
DROP TABLE orders;

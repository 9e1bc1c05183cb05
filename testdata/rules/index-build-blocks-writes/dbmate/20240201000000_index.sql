-- migrate:up
CREATE INDEX orders_day_idx ON orders (day);

-- migrate:down
DROP INDEX orders_day_idx;

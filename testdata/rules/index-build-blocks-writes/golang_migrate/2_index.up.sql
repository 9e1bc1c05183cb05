-- The only statement of its file is in no transaction.
CREATE INDEX orders_day_idx ON orders (day);

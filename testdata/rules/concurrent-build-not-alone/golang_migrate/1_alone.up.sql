-- Each direction is a section of its own.
CREATE INDEX CONCURRENTLY orders_tax_idx ON orders (tax);

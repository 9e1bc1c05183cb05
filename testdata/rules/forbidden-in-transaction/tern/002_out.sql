---- tern: disable-tx ----
-- Silent: tern splits the file.
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);
CREATE INDEX CONCURRENTLY orders_b_idx ON orders (b);

---- create above / drop below ----

DROP INDEX CONCURRENTLY orders_a_idx;

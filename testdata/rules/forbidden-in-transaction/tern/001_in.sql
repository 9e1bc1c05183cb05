CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);

---- create above / drop below ----

---- tern: disable-tx ----
-- Silent.
DROP INDEX CONCURRENTLY orders_a_idx;
DROP INDEX CONCURRENTLY orders_b_idx;

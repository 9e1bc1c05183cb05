--! Previous: -
--! Hash: sha1:0a8d4e1e0a3e52d6a20bd3eb2d5c9a1c5e0c1f02

CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);

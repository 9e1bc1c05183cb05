--! Previous: sha1:7f1e0b8cba1c7f3f27a8b7d9e5c4415b8a2f9d11
--! Hash: sha1:3c59dc048e8850243be8079a5c74d079a8a1c0b7

--! no-transaction
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);
CREATE INDEX CONCURRENTLY orders_b_idx ON orders (b);

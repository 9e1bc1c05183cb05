--! Previous: sha1:0a8d4e1e0a3e52d6a20bd3eb2d5c9a1c5e0c1f02
--! Hash: sha1:7f1e0b8cba1c7f3f27a8b7d9e5c4415b8a2f9d11

--! no-transaction
-- Silent.
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);

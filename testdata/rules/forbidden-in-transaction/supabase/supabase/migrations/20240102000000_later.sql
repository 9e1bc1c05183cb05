ALTER TABLE orders ADD COLUMN d integer;
CREATE INDEX CONCURRENTLY orders_b_idx ON orders (b);
DO $$ BEGIN UPDATE orders SET d = 0; COMMIT; END $$;

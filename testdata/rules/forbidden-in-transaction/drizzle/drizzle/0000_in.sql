ALTER TABLE "orders" ADD COLUMN "a" integer;--> statement-breakpoint
CREATE INDEX CONCURRENTLY orders_a_idx ON orders (a);

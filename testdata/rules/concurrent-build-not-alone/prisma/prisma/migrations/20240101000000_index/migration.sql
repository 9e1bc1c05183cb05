-- Prisma sends a script with DROP INDEX CONCURRENTLY as one string: the help
-- does not put it beside.
ALTER TABLE "Order" ADD COLUMN "tax" INTEGER;
CREATE INDEX CONCURRENTLY "Order_tax_idx" ON "Order" ("tax");

-- Prisma sends these as one string.
DROP INDEX CONCURRENTLY IF EXISTS "Order_userId_idx";
ALTER TABLE "Order" ADD COLUMN total integer;

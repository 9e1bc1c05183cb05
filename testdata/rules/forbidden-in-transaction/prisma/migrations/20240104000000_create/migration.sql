-- Silent: from 7.4 on, Prisma sends these one by one.
CREATE INDEX CONCURRENTLY "Order_a_idx" ON "Order" ("userId");
CREATE INDEX CONCURRENTLY "Order_b_idx" ON "Order" (total);

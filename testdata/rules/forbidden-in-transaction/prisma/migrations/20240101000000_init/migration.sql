CREATE TABLE "Order" (id bigint PRIMARY KEY, "userId" bigint);
CREATE INDEX "Order_userId_idx" ON "Order" ("userId");

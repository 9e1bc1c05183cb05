-- Silent: Prisma has no down steps.
CREATE TABLE "Order" (id bigint PRIMARY KEY);

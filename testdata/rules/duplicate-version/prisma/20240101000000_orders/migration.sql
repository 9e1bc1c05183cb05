-- Silent: Prisma goes by the whole name of a migration.
CREATE TABLE orders (id bigint PRIMARY KEY);

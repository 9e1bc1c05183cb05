-- Silent: one statement is not a transaction.
DROP INDEX CONCURRENTLY "Order_userId_idx";

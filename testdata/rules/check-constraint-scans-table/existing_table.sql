ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0);
alter table only app.orders add check (total > 0 and "shippedAt" > "paidAt") no inherit;
-- One column: the server's name has it.
ALTER TABLE orders ADD CHECK (total > 0 AND total < 1000);
ALTER TABLE orders
    ADD COLUMN note text,
    ADD CONSTRAINT "Dates" CHECK (paid_at >= created_at);
-- Silent: no row is looked at.
ALTER TABLE orders ADD CONSTRAINT later CHECK (weight > 0) NOT VALID;
-- Silent: this is what the help says; others read and write.
ALTER TABLE orders VALIDATE CONSTRAINT later;
-- Silent: not a CHECK.
ALTER TABLE orders ADD CONSTRAINT a_key UNIQUE (a);

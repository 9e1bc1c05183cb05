-- Silent: a repeatable migration is run again when it changes, never undone.
CREATE OR REPLACE VIEW order_totals AS SELECT sum(total) FROM orders;

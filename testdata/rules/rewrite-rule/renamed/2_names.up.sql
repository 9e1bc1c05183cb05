ALTER TABLE orders RENAME TO purchases;
ALTER RULE no_delete ON purchases RENAME TO keep;
DROP TABLE old_orders;

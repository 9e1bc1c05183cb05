CREATE VIEW both AS SELECT orders.id FROM orders JOIN users USING (id);

DROP INDEX orders_user_id_idx;
drop index if exists app.orders_a_idx, "Orders_b_idx";
-- Silent: others go on.
DROP INDEX CONCURRENTLY orders_c_idx;
-- Silent: not an index.
DROP TABLE orders;

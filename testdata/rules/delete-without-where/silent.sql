CREATE TABLE sessions (id bigint PRIMARY KEY);
-- Silent: the table is new.
DELETE FROM sessions;
-- Silent: it says which rows, or that all are meant.
DELETE FROM orders WHERE id = 1;
DELETE FROM orders WHERE true;
-- Silent: update-from-without-join speaks of a join without a condition.
DELETE FROM orders USING gone;

CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (user_id bigint CONSTRAINT of_user REFERENCES users);
CREATE TABLE items (user_id bigint REFERENCES users);
-- Silent: it is gone with its table, or was never made.
CREATE TABLE old_items (user_id bigint REFERENCES users);
BEGIN;
CREATE TABLE tries (user_id bigint REFERENCES users);
ROLLBACK;

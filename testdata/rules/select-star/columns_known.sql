CREATE TABLE users (id bigint PRIMARY KEY, "fullName" text, dropped text);
ALTER TABLE users DROP COLUMN dropped, ADD COLUMN email text;
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE TABLE archive (order_id bigint, of_user bigint, moved_at timestamptz);
SELECT * FROM users WHERE id = $1;
SELECT u.* FROM users u;
SELECT * FROM users, orders o WHERE o.user_id = users.id;
INSERT INTO archive SELECT * FROM orders;
INSERT INTO archive SELECT *, now() FROM orders;
INSERT INTO users (id) VALUES (1) RETURNING *;
DELETE FROM orders USING users u WHERE u.id = user_id RETURNING *;
-- Not by name: a join with USING has a column less.
SELECT * FROM users JOIN orders USING (id);
SELECT * FROM users AS u (a, b, c);

-- The second one's shorter index goes.
CREATE INDEX orders_user_id_made_at ON orders (user_id, made_at);
CREATE INDEX orders_made_at_user_id ON orders (made_at, user_id);
DROP INDEX orders_made_at;

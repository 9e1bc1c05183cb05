CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, made_at timestamptz);
CREATE INDEX orders_user_id ON orders (user_id);
CREATE INDEX orders_made_at ON orders (made_at);

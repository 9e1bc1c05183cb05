CREATE TABLE users (id bigint PRIMARY KEY, email text, name text, team int, active bool, at timestamptz, data jsonb, tags jsonb);
CREATE INDEX users_email ON users (email);
CREATE INDEX users_at ON users (at DESC, id);
CREATE INDEX users_lower_name ON users (lower(name));
CREATE INDEX users_team ON users (team) WHERE active;
CREATE INDEX users_tags ON users USING gin (tags);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users, phone text, code varchar(9), total numeric);
CREATE INDEX orders_code ON orders (code);
CREATE INDEX orders_user ON orders (user_id, total);

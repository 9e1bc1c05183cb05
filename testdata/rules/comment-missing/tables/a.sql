CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE TABLE users (id bigint PRIMARY KEY);
COMMENT ON TABLE users IS 'People';
ALTER TABLE users ADD COLUMN name text;

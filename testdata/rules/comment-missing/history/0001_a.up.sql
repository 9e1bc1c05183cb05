CREATE TABLE orders (id bigint PRIMARY KEY, state smallint, day date, a int, b int, c int, d int);
CREATE TABLE users (id bigint PRIMARY KEY, name text);
COMMENT ON TABLE users IS 'People';
CREATE TABLE later (id bigint PRIMARY KEY);
CREATE TABLE taken_back (id bigint PRIMARY KEY);
COMMENT ON TABLE taken_back IS 'A comment';
COMMENT ON COLUMN taken_back.id IS 'A comment';
CREATE TABLE gone (id bigint PRIMARY KEY);

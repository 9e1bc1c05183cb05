CREATE TYPE unit AS ENUM ('token', 'character');
CREATE TYPE level AS ENUM ('low', 'high');
CREATE TABLE prices (id bigint PRIMARY KEY, unit unit);
CREATE TABLE totals (user_id bigint, total numeric);
CREATE TABLE tickets (id bigint PRIMARY KEY, levels level[]);

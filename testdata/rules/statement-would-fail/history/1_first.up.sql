CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TYPE mood AS ENUM ('ok');
DROP TABLE IF EXISTS legacy;

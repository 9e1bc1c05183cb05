CREATE TABLE users (tenant_id bigint, id bigint UNIQUE, email text,
    PRIMARY KEY (tenant_id, id));
CREATE UNIQUE INDEX ON users (email);
CREATE TABLE a (user_id bigint REFERENCES users (id));
CREATE TABLE b (email text REFERENCES users (email));
-- In whatever order.
CREATE TABLE c (t bigint, u bigint, FOREIGN KEY (u, t) REFERENCES users (id, tenant_id));
CREATE TABLE d (t bigint, u bigint, FOREIGN KEY (t, u) REFERENCES users);
CREATE TABLE e (id bigint PRIMARY KEY, parent bigint REFERENCES e (id));
-- It may have such an index: nobody told us.
ALTER TABLE elsewhere ADD COLUMN x int;
CREATE TABLE f (x int REFERENCES elsewhere (x));

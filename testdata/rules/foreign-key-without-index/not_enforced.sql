-- options: --postgres-version 18
-- Silent: nobody looks for rows of a key that is not enforced.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (user_id bigint REFERENCES users NOT ENFORCED);

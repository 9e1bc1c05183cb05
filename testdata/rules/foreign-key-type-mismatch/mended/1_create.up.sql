CREATE TABLE users (id integer PRIMARY KEY);
CREATE TABLE orders (user_id integer REFERENCES users);
CREATE TABLE items (user_id integer REFERENCES users);

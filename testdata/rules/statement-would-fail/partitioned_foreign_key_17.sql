-- options: --postgres-version 17
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE events (user_id bigint, at date) PARTITION BY RANGE (at);
ALTER TABLE events ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;

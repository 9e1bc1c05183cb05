-- options: --postgres-version 18
-- Silent: from 18 on partitioned tables take it.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE events (user_id bigint, at date) PARTITION BY RANGE (at);
ALTER TABLE events ADD FOREIGN KEY (user_id) REFERENCES users NOT VALID;

CREATE TABLE accounts (id bigint PRIMARY KEY, parent_id bigint NOT NULL);

CREATE TABLE things (id bigint PRIMARY KEY, name text);

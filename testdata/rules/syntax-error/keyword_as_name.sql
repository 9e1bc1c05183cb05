CREATE TABLE order (id bigint PRIMARY KEY);
CREATE TABLE messages (id bigint PRIMARY KEY, From text, "to" text);

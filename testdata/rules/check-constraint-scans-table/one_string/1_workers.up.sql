CREATE TABLE workers (id bigint PRIMARY KEY);

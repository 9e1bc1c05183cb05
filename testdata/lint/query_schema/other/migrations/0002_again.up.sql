CREATE TABLE audits (id bigint PRIMARY KEY);

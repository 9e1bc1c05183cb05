CREATE TABLE users (name varchar(50), "Nick" character varying(20) NOT NULL, tags varchar(10)[]);

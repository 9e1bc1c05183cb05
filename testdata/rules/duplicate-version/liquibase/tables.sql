--liquibase formatted sql

--changeset anna:1
CREATE TABLE shelves (id bigint PRIMARY KEY);
--rollback DROP TABLE shelves;

--changeset bert:1
CREATE TABLE boxes (id bigint PRIMARY KEY);
--rollback DROP TABLE boxes;

--changeset anna:1
CREATE TABLE labels (id bigint PRIMARY KEY);
--rollback DROP TABLE labels;

--liquibase formatted sql

-- The file is a part of what a changeset is known by.
--changeset anna:1
CREATE VIEW all_shelves AS SELECT id FROM shelves;
--rollback DROP VIEW all_shelves;

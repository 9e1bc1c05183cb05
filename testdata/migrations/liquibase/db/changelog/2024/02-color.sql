--liquibase formatted sql

--changeset bert:add-color endDelimiter:// rollbackEndDelimiter:;
ALTER TABLE boxes ADD COLUMN color text//
COMMENT ON COLUMN boxes.color IS 'as painted'//
--rollback ALTER TABLE boxes
--rollback     DROP COLUMN color;

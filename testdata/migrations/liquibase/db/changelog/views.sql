--liquibase formatted sql

--changeset anna:heavy-boxes runOnChange:true
CREATE OR REPLACE VIEW heavy_boxes AS
    SELECT id, shelf_id, color FROM boxes WHERE weight > 100;
--rollback DROP VIEW heavy_boxes;

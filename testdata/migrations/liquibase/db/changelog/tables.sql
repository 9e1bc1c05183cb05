--liquibase formatted sql

--changeset anna:create-shelves
CREATE TABLE shelves (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    label text NOT NULL UNIQUE
);
--rollback DROP TABLE shelves;

--changeset anna:create-boxes
--comment boxes stand on shelves
CREATE TABLE boxes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shelf_id bigint NOT NULL REFERENCES shelves (id),
    weight numeric(8, 2) NOT NULL
);
CREATE TABLE labels (
    box_id bigint NOT NULL REFERENCES boxes (id),
    text text NOT NULL,
    PRIMARY KEY (box_id, text)
);
/* liquibase rollback
DROP TABLE labels;
DROP TABLE boxes;
*/

--changeset anna:box-trigger splitStatements:false
CREATE FUNCTION check_weight() RETURNS trigger AS $$
BEGIN
    IF NEW.weight > 1000 THEN
        RAISE EXCEPTION 'too heavy';
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
--rollback DROP FUNCTION check_weight();

--changeset anna:mysql-only dbms:mysql
ALTER TABLE boxes ENGINE = InnoDB;
--rollback empty

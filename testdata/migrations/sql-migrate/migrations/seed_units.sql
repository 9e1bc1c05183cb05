-- +migrate Up
CREATE TABLE units (
    name text PRIMARY KEY
);
INSERT INTO units (name) VALUES ('g'), ('ml'), ('pinch');

-- +migrate Down
DROP TABLE units;

-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text, role text);
CREATE VIEW active AS SELECT id, email FROM users;
CREATE VIEW admins AS SELECT * FROM active;
CREATE MATERIALIZED VIEW roles AS SELECT role, count(*) AS total FROM users GROUP BY role;
CREATE VIEW renamed AS SELECT id FROM users;
CREATE VIEW kept AS SELECT id FROM users;
-- +goose Down
DROP VIEW admins, active;

-- +goose Up
-- Comments, owners, rights, data, what is validated, and what others may have
-- made before.
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE SCHEMA IF NOT EXISTS audit;
COMMENT ON TABLE users IS 'people';
GRANT SELECT ON users TO PUBLIC;
INSERT INTO users (id) VALUES (1);
ALTER TABLE orders ADD CONSTRAINT orders_id_positive CHECK (id > 0) NOT VALID;

-- +goose Down
ALTER TABLE orders DROP CONSTRAINT orders_id_positive;

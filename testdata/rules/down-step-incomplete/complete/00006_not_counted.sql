-- +goose Up
-- Comments, owners, rights, data, what is validated, and what others may have
-- made before.
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE SCHEMA IF NOT EXISTS audit;
COMMENT ON TABLE people IS 'people';
GRANT SELECT ON people TO PUBLIC;
INSERT INTO people (id) VALUES (1);
ALTER TABLE orders ADD CONSTRAINT orders_state_known CHECK (state IS NOT NULL) NOT VALID;

-- +goose Down
ALTER TABLE orders DROP CONSTRAINT orders_state_known;

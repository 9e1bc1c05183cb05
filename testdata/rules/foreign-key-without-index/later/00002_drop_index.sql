-- +goose Up
DROP INDEX orders_user_id_idx;
ALTER TABLE items ADD COLUMN user_id bigint;
ALTER TABLE items ADD FOREIGN KEY (user_id) REFERENCES users;

-- +goose Down
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE INDEX items_user_id_idx ON items (user_id);

-- +goose Up
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);
-- Silent: the server refuses it, which another rule says.
ALTER TABLE orders ADD FOREIGN KEY (nothing) REFERENCES users (id);
-- Silent: no such table, in a history that knows all.
ALTER TABLE IF EXISTS customers ADD FOREIGN KEY (user_id) REFERENCES users (id);
-- +goose Down
-- Silent: a down step.
ALTER TABLE orders ADD FOREIGN KEY (owner_id) REFERENCES users (id);

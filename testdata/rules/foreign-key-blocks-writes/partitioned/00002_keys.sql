-- +goose Up
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
ALTER TABLE events ADD CONSTRAINT who FOREIGN KEY (user_id) REFERENCES users (id);
ALTER TABLE parts_1 ADD CONSTRAINT mine FOREIGN KEY (user_id) REFERENCES users (id);
-- Silent: every partition has such a key already, checked.
ALTER TABLE parts ADD CONSTRAINT ours FOREIGN KEY (user_id) REFERENCES users (id);

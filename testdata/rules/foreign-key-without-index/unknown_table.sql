-- Silent: the table is older than this file, and so may its index be.
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (seller) REFERENCES users
    NOT VALID;
-- The column is added here, so no older index can have it.
ALTER TABLE orders ADD COLUMN buyer bigint REFERENCES users (id);

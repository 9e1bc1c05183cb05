-- +goose Up
-- Silent: another one guards the same columns.
ALTER TABLE users DROP CONSTRAINT users_login_key;
CREATE UNIQUE INDEX users_login_idx ON users (login);
ALTER TABLE users DROP CONSTRAINT older, ADD CONSTRAINT older CHECK (age < 150) NOT VALID;
ALTER TABLE users ADD PRIMARY KEY (id);
ALTER TABLE users DROP CONSTRAINT users_pkey;
-- Silent: the column is NOT NULL now.
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
ALTER TABLE users DROP CONSTRAINT name_given;
-- Silent: the table or column goes too.
ALTER TABLE gone DROP CONSTRAINT gone_email_key;
ALTER TABLE gone DROP COLUMN email;
ALTER TABLE gone DROP CONSTRAINT gone_pkey;
DROP TABLE gone;
-- Silent: there is none.
ALTER TABLE users DROP CONSTRAINT IF EXISTS never;
-- Silent: the new key compares what it did, and more.
ALTER TABLE items DROP CONSTRAINT items_cart_id_fkey;
ALTER TABLE items ADD FOREIGN KEY (tenant, cart_id) REFERENCES carts (tenant, id);
-- Where "note" is null the new key compares nothing.
ALTER TABLE notes DROP CONSTRAINT notes_cart_id_fkey,
    ADD FOREIGN KEY (note, cart_id) REFERENCES carts (note, id);

-- Silent: made here.
CREATE TABLE users (id bigint PRIMARY KEY);
ALTER TABLE users DROP CONSTRAINT users_pkey;
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;
ALTER TABLE orders DROP CONSTRAINT positive;
-- Silent: no constraint of a table.
ALTER DOMAIN email DROP CONSTRAINT has_at;

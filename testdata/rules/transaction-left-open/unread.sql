-- The statement that cannot be read may be the COMMIT.
BEGIN;
CREATE TABLE orders (id bigint PRIMARY KEY);
COMMTI;

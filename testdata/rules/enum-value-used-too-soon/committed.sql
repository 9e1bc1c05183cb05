-- Silent: the value is committed before it is used.
CREATE TYPE state AS ENUM ('open');
BEGIN;
ALTER TYPE state ADD VALUE 'paid';
COMMIT;
CREATE TABLE orders (id bigint PRIMARY KEY, state state DEFAULT 'paid');

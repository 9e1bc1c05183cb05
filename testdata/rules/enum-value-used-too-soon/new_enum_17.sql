-- options: --postgres-version 17
-- Silent: from 17 on, where the enum is as new as its value.
BEGIN;
CREATE TYPE state AS ENUM ('open');
ALTER TYPE state ADD VALUE 'paid';
CREATE TABLE orders (id bigint PRIMARY KEY, state state DEFAULT 'paid');
COMMIT;

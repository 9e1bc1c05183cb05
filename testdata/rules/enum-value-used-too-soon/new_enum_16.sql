-- options: --postgres-version 16
BEGIN;
CREATE TYPE state AS ENUM ('open');
ALTER TYPE state ADD VALUE 'paid';
CREATE TABLE orders (id bigint PRIMARY KEY, state state DEFAULT 'paid');
COMMIT;

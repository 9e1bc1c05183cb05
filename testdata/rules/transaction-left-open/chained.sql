-- AND CHAIN begins a transaction that nothing ends.
BEGIN;
CREATE TABLE orders (id bigint PRIMARY KEY);
COMMIT AND CHAIN;

-- Sent as one string: BEGIN and COMMIT are in order.
BEGIN;
CREATE TABLE orders (id bigint PRIMARY KEY);
COMMIT;

CREATE TABLE orders (id bigint);
-- Off is what it was.
SET default_transaction_read_only = off;
CREATE TABLE orders (id bigint);
-- Silent: what is refused from here on is not found out.
SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;
DROP TABLE orders;
SELECT id FROM orders;

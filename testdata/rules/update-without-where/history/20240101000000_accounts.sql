-- migrate:up transaction:false
CREATE TABLE accounts (id bigint PRIMARY KEY, active boolean);
UPDATE accounts SET active = true;

-- migrate:down transaction:false
DROP TABLE accounts;

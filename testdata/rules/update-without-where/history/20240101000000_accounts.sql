-- migrate:up transaction:false
CREATE TABLE accounts (id bigint PRIMARY KEY, active boolean);
CREATE TABLE settings (id boolean PRIMARY KEY CHECK (id), name text);
UPDATE accounts SET active = true;

-- migrate:down transaction:false
DROP TABLE settings;
DROP TABLE accounts;

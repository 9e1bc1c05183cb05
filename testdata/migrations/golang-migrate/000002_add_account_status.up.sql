BEGIN;

ALTER TABLE accounts ADD COLUMN status text NOT NULL DEFAULT 'active';
ALTER TABLE accounts
    ADD CONSTRAINT accounts_status_check
    CHECK (status IN ('active', 'closed')) NOT VALID;

COMMIT;

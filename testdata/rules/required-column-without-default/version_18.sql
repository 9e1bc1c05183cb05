-- options: --postgres-version 18
-- From 18 on NOT NULL itself can be NOT VALID.
ALTER TABLE orders ADD COLUMN status text NOT NULL;
ALTER TABLE orders ADD COLUMN total integer, ADD CONSTRAINT n NOT NULL total;

-- A default that is set in the same statement is for later rows only.
ALTER TABLE orders ADD COLUMN status text NOT NULL,
    ALTER COLUMN status SET DEFAULT 'new';
ALTER TABLE orders ADD COLUMN total integer, ALTER COLUMN total SET NOT NULL;

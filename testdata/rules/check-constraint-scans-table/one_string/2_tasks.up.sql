-- By itself while it is alone; the help's three would be one transaction.
ALTER TABLE workers ADD COLUMN tasks integer DEFAULT 0 CHECK (tasks >= 0);

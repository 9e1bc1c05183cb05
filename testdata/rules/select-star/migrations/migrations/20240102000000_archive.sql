-- migrate:up
-- Silent: it runs once, with the columns that the tables have by then.
INSERT INTO archive SELECT * FROM orders;
DO $$
BEGIN
    INSERT INTO archive SELECT * FROM orders;
END $$;
-- migrate:down

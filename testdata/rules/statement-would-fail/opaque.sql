-- Silent: nobody knows what the DO block did to the table.
CREATE TABLE users (id bigint PRIMARY KEY);
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN SELECT text FROM statements LOOP
        EXECUTE statement;
    END LOOP;
END $$;
ALTER TABLE users DROP COLUMN email;
DROP TABLE users;
ALTER TABLE users ADD COLUMN name text;

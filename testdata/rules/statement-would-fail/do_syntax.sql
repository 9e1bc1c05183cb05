-- The server refuses the whole block, whoever else says so.
DO $$
BEGIN
    ALTER TABLE orders ADD COLUM total integer;
END $$;
-- Nobody knows what will stand there.
DO $$
BEGIN
    ALTER TABLE {{ orders }} ADD COLUM total integer;
END $$;

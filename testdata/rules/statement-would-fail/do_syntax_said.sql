-- options: --rule plpgsql-syntax-error=error
-- Said once, by the rule about syntax.
DO $$
BEGIN
    ALTER TABLE orders ADD COLUM total integer;
END $$;
-- Nobody knows what will stand there.
DO $$
BEGIN
    ALTER TABLE {{ orders }} ADD COLUM total integer;
END $$;

-- Procedures may, and so may DO blocks (forbidden-in-transaction knows where
-- not).
CREATE PROCEDURE batches() LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    FOR i IN 1 .. 10 LOOP
        UPDATE orders SET total = 0 WHERE id = i;
        COMMIT;
    END LOOP;
    BEGIN
        UPDATE orders SET total = 1;
    EXCEPTION WHEN unique_violation THEN
        -- The block's own transaction is over.
        ROLLBACK;
    END;
    COMMIT;
END $$;
DO $$
BEGIN
    COMMIT;
END $$;
-- Words, strings, and what EXECUTE is told.
CREATE FUNCTION words(commit boolean) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    -- COMMIT;
    RETURN 'COMMIT;';
END $$;

CREATE FUNCTION in_loop() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1 .. 10 LOOP
        UPDATE orders SET total = 0 WHERE id = i;
        COMMIT AND CHAIN;
    END LOOP;
    ROLLBACK;
END $$;
CREATE FUNCTION in_trigger() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    COMMIT;
    RETURN NEW;
END';
CREATE FUNCTION in_sql() RETURNS void LANGUAGE sql AS $$
    UPDATE orders SET total = 0;
    COMMIT;
$$;
CREATE PROCEDURE procedure_in_sql() LANGUAGE sql AS 'ROLLBACK';
-- Procedures that cannot either.
CREATE PROCEDURE definer() LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    COMMIT;
END $$;
CREATE PROCEDURE with_setting() LANGUAGE plpgsql SET search_path = app AS $$
BEGIN
    COMMIT;
END $$;
CREATE PROCEDURE in_block() LANGUAGE plpgsql AS $$
BEGIN
    UPDATE orders SET total = 0;
    BEGIN
        IF found THEN
            COMMIT;
        END IF;
    EXCEPTION WHEN unique_violation THEN
        NULL;
    END;
END $$;

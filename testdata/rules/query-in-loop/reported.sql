CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total numeric);
CREATE FUNCTION emails() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    r record;
    "Order" orders%ROWTYPE;
    found_email text;
BEGIN
    FOR r IN SELECT id, user_id FROM orders LOOP
        -- Once for the loop.
        SELECT email INTO found_email FROM users WHERE id = r.user_id;
        RETURN NEXT (SELECT email FROM users WHERE id = r.user_id);
    END LOOP;
    FOR "Order" IN SELECT * FROM orders LOOP
        IF "Order".total > 0 THEN
            found_email := (SELECT email FROM app.users u
                            WHERE u.id = "Order".user_id);
        END IF;
    END LOOP;
    FOR r IN SELECT id FROM users LOOP
        FOR "Order" IN SELECT * FROM orders o WHERE o.user_id = r.id LOOP
            RAISE NOTICE '%', "Order".total;
        END LOOP;
    END LOOP;
END $$;
DO $$
DECLARE
    r record;
BEGIN
    FOR r IN (SELECT id FROM orders) LOOP
        PERFORM 1 FROM users WHERE id = r.id;
    END LOOP;
END $$;

CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, total numeric);
CREATE FUNCTION silent() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    r record;
    i integer;
BEGIN
    -- Writes, and what does not depend on the row or reads no table.
    FOR r IN SELECT id, user_id FROM orders LOOP
        UPDATE users SET email = '' WHERE id = r.user_id;
        INSERT INTO users (id) SELECT max(id) FROM orders WHERE id = r.id;
        i := (SELECT count(*) FROM users);
        PERFORM notify_user(r.user_id);
        RETURN NEXT r.user_id + i;
    END LOOP;
    -- A table of the query is called like the record.
    FOR r IN SELECT id FROM orders LOOP
        i := (SELECT max(r.id) FROM users r);
    END LOOP;
    -- The catalogs; a batch; no table; numbers.
    FOR r IN SELECT oid FROM pg_class LOOP
        i := (SELECT count(*) FROM users WHERE id = r.oid);
    END LOOP;
    FOR r IN SELECT id FROM orders ORDER BY id LIMIT 10 LOOP
        i := (SELECT count(*) FROM users WHERE id = r.id);
    END LOOP;
    FOR r IN SELECT a FROM generate_series(1, 10) AS a LOOP
        i := (SELECT count(*) FROM users WHERE id = r.a);
    END LOOP;
    FOR i IN 1 .. 10 LOOP
        PERFORM id FROM users WHERE id = i;
    END LOOP;
    -- What the loop has written for one row, it reads for the next.
    FOR r IN SELECT id FROM orders LOOP
        SELECT id INTO i FROM users WHERE id > r.id AND email IS NULL LIMIT 1;
        UPDATE users SET email = '' WHERE id = i;
    END LOOP;
    -- What needs the rows one by one.
    FOR r IN SELECT email FROM users LOOP
        IF NOT EXISTS (SELECT FROM orders WHERE user_id::text = r.email) THEN
            EXECUTE format('DROP ROLE %I', r.email);
        END IF;
    END LOOP;
END $$;

CREATE TABLE orders (id bigint PRIMARY KEY, day date);
CREATE FUNCTION written() RETURNS TABLE (id bigint, day date)
    LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT * FROM orders;
    RETURN QUERY EXECUTE 'SELECT * FROM orders';
    RETURN QUERY DELETE FROM orders RETURNING *;
END $$;
CREATE FUNCTION in_sql() RETURNS TABLE (id bigint, day date) LANGUAGE sql AS '
    SELECT * FROM orders;
    SELECT o.* FROM orders o;
';
CREATE FUNCTION archive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO archive SELECT * FROM orders;
    -- Silent: the record that fired the trigger.
    INSERT INTO archive SELECT OLD.*;
    RETURN NULL;
END $$;

-- Silent: a record takes any columns, SETOF a table changes with the table.
CREATE FUNCTION records() RETURNS SETOF orders LANGUAGE plpgsql AS $$
DECLARE
    one orders%ROWTYPE;
    each CURSOR FOR SELECT * FROM orders;
BEGIN
    SELECT * INTO one FROM orders;
    FOR one IN SELECT * FROM orders LOOP
        RETURN NEXT one;
    END LOOP;
    PERFORM * FROM orders;
    EXECUTE 'SELECT * FROM orders' INTO one;
    DELETE FROM orders RETURNING * INTO one;
    RETURN QUERY SELECT * FROM orders;
END $$;

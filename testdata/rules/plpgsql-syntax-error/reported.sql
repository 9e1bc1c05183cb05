-- The first error of each body, at the word where the parser gives up.
CREATE FUNCTION no_semicolon(a integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    IF a > 1 THEN
        RETURN 1
    END IF;
    RETURN 2;
END $$;
CREATE FUNCTION no_end_if(a integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    IF a > 1 THEN
        RETURN 1;
END $$;
CREATE FUNCTION last_statement() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1
END $$;
CREATE FUNCTION in_query() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE orders SET total = 1 WHEN id = 2;
    UPDATE orders SET total == 1;
END $$;
CREATE FUNCTION in_expression(a integer) RETURNS boolean LANGUAGE plpgsql AS '
BEGIN
    RETURN a > > 1 OR a::text = ''x'';
END';
CREATE PROCEDURE no_expression() LANGUAGE plpgsql AS $$
BEGIN
    IF THEN
        NULL;
    END IF;
END $$;
CREATE FUNCTION in_sql(a integer) RETURNS integer LANGUAGE sql AS $$
    SELEC a;
$$;
DO $$
BEGIN
    ALTER TABLE orders ADD COLUM total;
    FOR i IN 1 .. 10
        RAISE NOTICE '%', i;
    END LOOP;
END $$;
CREATE FUNCTION executed() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'UPDATE orders SET total = ''a'' WERE id = 1';
END $$;

-- What the compiler refuses for other reasons: it cannot look up types, and
-- RETURN depends on what the function returns.
CREATE FUNCTION unknown_variable() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    elsewhere := 1;
END $$;
CREATE FUNCTION returns_nothing() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RETURN 1;
END $$;
-- Types with a schema, of tables, columns and records.
CREATE FUNCTION types(a app.money, b public.orders, VARIADIC c text[])
    RETURNS SETOF app.money LANGUAGE plpgsql AS $$
DECLARE
    row_of public.orders%ROWTYPE;
    value_of public.orders.total%TYPE NOT NULL := 1;
    kind app.kind DEFAULT 'x';
    many app.kind[] := '{}';
    pair app.pair;
    named text COLLATE "C";
    first ALIAS FOR $1;
    each CURSOR (least app.money) FOR SELECT total FROM orders;
BEGIN
    row_of.total := 1;
    b.total := 2;
    pair.a := 3;
    many[1] := kind;
    SELECT 1, 'x' INTO value_of, kind;
    FOR kind IN SELECT 'a' LOOP
        RETURN NEXT kind;
    END LOOP;
    RETURN QUERY EXECUTE 'SELEC ' || a;
END $$;
-- Another language; no language at all.
CREATE FUNCTION other() RETURNS integer LANGUAGE plpython3u AS $$ x = = 1 $$;
-- What stands for something that a template or client fills in.
CREATE FUNCTION template() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE {{ table }} SET total = 1;
    PERFORM {% if x %} 1 {% else %} 2 {% endif %};
END $$;

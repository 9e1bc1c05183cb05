-- Tables, views and functions that go while functions use them.
CREATE SCHEMA app;
CREATE TABLE app.orders (id bigint PRIMARY KEY, amount numeric);
CREATE TABLE app.lines (id bigint PRIMARY KEY, order_id bigint);
CREATE VIEW app.totals AS SELECT sum(o.amount) AS total FROM app.orders AS o;
CREATE SEQUENCE app.numbers;

CREATE FUNCTION tax(amount numeric) RETURNS numeric LANGUAGE sql IMMUTABLE
    AS 'SELECT amount * 0.2';
CREATE FUNCTION taxed(amount numeric) RETURNS numeric LANGUAGE plpgsql IMMUTABLE
    AS 'BEGIN RETURN amount + tax(amount); END';
CREATE FUNCTION total() RETURNS numeric LANGUAGE sql STABLE
    AS 'SELECT t.total FROM app.totals AS t';
CREATE FUNCTION lines_of(order_id bigint) RETURNS bigint LANGUAGE plpgsql STABLE
    SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT count(*) FROM lines AS l WHERE l.order_id = lines_of.order_id);
END $$;
CREATE FUNCTION first_order() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    it app.orders%ROWTYPE;
BEGIN
    RETURN it.id;
END $$;
CREATE FUNCTION next_number() RETURNS bigint LANGUAGE sql
    AS $$ SELECT nextval('app.numbers') $$;

DROP FUNCTION tax(numeric);
DROP VIEW app.totals;
ALTER TABLE app.lines RENAME TO order_lines;
ALTER TABLE app.orders SET SCHEMA public;
DROP SEQUENCE app.numbers;

-- What an IMMUTABLE function must not do, worst first.
CREATE TABLE rates (currency text PRIMARY KEY, rate numeric NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric, currency text,
    made_at timestamptz);
CREATE SEQUENCE numbers;

-- A table, in SQL.
CREATE FUNCTION in_euro(amount numeric, currency text) RETURNS numeric
    LANGUAGE sql IMMUTABLE AS $$
    SELECT amount * r.rate FROM rates AS r WHERE r.currency = in_euro.currency
$$;

-- A table that the files do not make; the WITH query's name is none.
CREATE FUNCTION known(key text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE found_one boolean;
BEGIN
    WITH keys AS (SELECT k.key FROM elsewhere.keys AS k)
    SELECT true INTO found_one FROM keys WHERE keys.key = known.key;
    RETURN found_one;
END $$ IMMUTABLE;

-- An expression index keeps what it gave.
CREATE FUNCTION rate_of(o orders) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT r.rate FROM rates AS r WHERE r.currency = o.currency);
END $$;
CREATE INDEX orders_rate ON orders (rate_of(orders));

-- VOLATILE.
CREATE FUNCTION next_label(prefix text) RETURNS text LANGUAGE sql IMMUTABLE
    AS 'SELECT prefix || nextval(''numbers'')';
CREATE FUNCTION shuffled(n integer) RETURNS double precision
    LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF n > 0 THEN
        RETURN n * random();
    END IF;
    RETURN 0;
END $$;
CREATE FUNCTION dice() RETURNS integer LANGUAGE plpgsql VOLATILE
    AS 'BEGIN RETURN 1 + (random() * 5)::integer; END';
CREATE FUNCTION double_dice() RETURNS integer LANGUAGE sql IMMUTABLE
    AS 'SELECT 2 * dice()';

-- The moment, and the session.
CREATE FUNCTION age_in_days(since timestamptz) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN extract(epoch FROM now() - since) / 86400;
CREATE FUNCTION is_past(day date) RETURNS boolean LANGUAGE sql IMMUTABLE
    BEGIN ATOMIC
        SELECT day < CURRENT_DATE;
    END;
CREATE FUNCTION is_mine(owner text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE
    AS 'BEGIN RETURN owner = current_setting(''app.user''); END';

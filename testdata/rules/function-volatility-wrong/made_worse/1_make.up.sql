CREATE TABLE rates (currency text PRIMARY KEY, rate numeric NOT NULL);
CREATE FUNCTION a(c text) RETURNS numeric LANGUAGE sql STABLE
    AS 'SELECT rate FROM rates WHERE currency = c';
CREATE TABLE orders (id bigint PRIMARY KEY, currency text);

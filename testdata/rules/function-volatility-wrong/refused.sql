-- What the server refuses in a function that is not VOLATILE.
CREATE TABLE queue (id bigint PRIMARY KEY, taken_at timestamptz);
CREATE TABLE log (line text);

CREATE FUNCTION note(line text) RETURNS void LANGUAGE sql STABLE
    AS 'INSERT INTO log (line) VALUES (line)';
CREATE FUNCTION note_once(line text) RETURNS void LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM log AS l WHERE l.line = note_once.line) THEN
        INSERT INTO log (line) VALUES (note_once.line);
    END IF;
    UPDATE log SET line = upper(note_once.line) WHERE log.line = note_once.line;
END $$;
CREATE FUNCTION emptied() RETURNS void LANGUAGE plpgsql STABLE
    AS 'BEGIN TRUNCATE log; END';
CREATE FUNCTION take() RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE it bigint;
BEGIN
    SELECT q.id INTO it FROM queue AS q WHERE q.taken_at IS NULL
    ORDER BY q.id LIMIT 1 FOR UPDATE SKIP LOCKED;
    RETURN it;
END $$;
CREATE FUNCTION drained() RETURNS SETOF bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY WITH gone AS (DELETE FROM queue RETURNING id)
        SELECT g.id FROM gone AS g;
END $$;
CREATE FUNCTION in_table() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    CREATE TEMPORARY TABLE scratch (id bigint);
    EXECUTE 'DROP TABLE scratch';
END $$;
-- A trigger's function, too.
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql STABLE AS $$
BEGIN
    INSERT INTO log (line) VALUES (NEW.id::text);
    RETURN NEW;
END $$;
-- Without quotes.
CREATE FUNCTION note_plainly(what text) RETURNS void LANGUAGE sql STABLE
BEGIN ATOMIC
    INSERT INTO log (line) VALUES (what);
END;
-- Made so later, with the place of the word that says it.
CREATE FUNCTION forget(what text) RETURNS void LANGUAGE sql
    AS 'DELETE FROM log AS l WHERE l.line = what';
ALTER FUNCTION forget(text) STABLE;

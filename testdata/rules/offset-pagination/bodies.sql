-- In bodies, with the places that the words have in the file.
CREATE TABLE posts (id bigint PRIMARY KEY, title text);
CREATE FUNCTION page(first integer, other public.page_kind)
    RETURNS SETOF bigint LANGUAGE plpgsql AS $$
DECLARE
    post posts%ROWTYPE;
    kind public.page_kind := other;
    found_id bigint;
    all_posts CURSOR (least bigint) FOR
        SELECT id FROM posts WHERE id > least OFFSET 1;
BEGIN
    kind.size := 3;
    SELECT count(*) INTO STRICT found_id FROM posts OFFSET first;
    CASE found_id
        WHEN 1, (SELECT id FROM posts OFFSET 2) THEN
            PERFORM id FROM posts OFFSET 3;
        ELSE
            NULL;
    END CASE;
    <<each>>
    FOR post IN SELECT id, title FROM posts OFFSET 4 LOOP
        IF (SELECT count(*) FROM posts OFFSET 5) = 0 THEN
            NULL;
        ELSEIF EXISTS (SELECT FROM posts OFFSET 6) THEN
            EXIT each WHEN (SELECT true FROM posts OFFSET 7);
        END IF;
        EXECUTE 'SELECT id FROM posts OFFSET 8' INTO found_id;
        EXECUTE 'SELECT id FROM posts WHERE title = ''x'' OFFSET 9'
            INTO found_id;
        found_id := (SELECT id FROM posts OFFSET 10) + 1;
        RAISE NOTICE '% %', post.id, (SELECT id FROM posts OFFSET 11);
    END LOOP;
    RETURN QUERY SELECT id FROM posts OFFSET 12;
    RETURN QUERY EXECUTE $sql$SELECT id FROM posts OFFSET $1$sql$ USING first;
EXCEPTION
    WHEN no_data_found OR others THEN
        DELETE FROM posts WHERE id = (SELECT id FROM posts OFFSET 13);
        RAISE;
END $$;
CREATE FUNCTION quoted() RETURNS SETOF bigint LANGUAGE plpgsql AS '
BEGIN
    RETURN QUERY SELECT id FROM posts WHERE title = ''it'''' s'' OFFSET 1;
    RETURN QUERY EXECUTE
        ''SELECT id FROM posts WHERE title = ''''x'''' OFFSET 2'';
END';
CREATE FUNCTION plain(first integer) RETURNS SETOF bigint LANGUAGE sql AS $$
    SELECT 1;
    SELECT id FROM posts OFFSET first;
$$;
DO $$
BEGIN
    UPDATE posts SET title = '' WHERE id = (SELECT id FROM posts OFFSET 1);
    -- Plain DDL of a DO block is a statement like others: reported once.
    CREATE VIEW later AS SELECT id FROM posts OFFSET 2;
END $$;

-- Silent: a body in another language, one that cannot be read, a text that
-- nobody can know.
CREATE FUNCTION other() RETURNS integer LANGUAGE plpython3u AS $$
SELECT id FROM posts OFFSET 1
$$;
CREATE FUNCTION unread() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    unknown_variable := (SELECT id FROM posts OFFSET 1);
END $$;
CREATE FUNCTION dynamic(name text) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'SELECT id FROM ' || name || ' OFFSET 1';
END $$;

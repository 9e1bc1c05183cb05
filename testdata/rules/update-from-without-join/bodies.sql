-- In bodies: variables, parameters and NEW are values, no tables.
CREATE TABLE totals (community_id bigint PRIMARY KEY, posts bigint);
CREATE TABLE posts (id bigint PRIMARY KEY, community_id bigint, score integer);

-- Reported: each community's count may come here.
CREATE FUNCTION counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE totals AS t SET posts = c.posts
    FROM (SELECT p.community_id, count(*) AS posts FROM posts AS p
          GROUP BY p.community_id) AS c
    WHERE t.community_id = NEW.community_id;
    -- Not this: both sides ask for the same community.
    UPDATE totals AS t SET posts = c.posts
    FROM (SELECT count(*) AS posts FROM posts AS p
          WHERE p.community_id = NEW.community_id GROUP BY p.score) AS c
    WHERE t.community_id = NEW.community_id;
    UPDATE totals AS t SET posts = p.score FROM posts AS p
    WHERE t.community_id = NEW.community_id AND p.community_id = NEW.community_id;
    UPDATE totals AS t SET posts = p.score FROM posts AS p
    WHERE t.community_id = NEW.community_id AND p.id = OLD.id;
    RETURN NULL;
END $$;
CREATE FUNCTION moved(wanted bigint, other bigint) RETURNS void LANGUAGE sql AS $$
    -- Reported.
    UPDATE totals SET posts = score FROM posts AS p
    WHERE totals.community_id = wanted AND p.community_id = other;
    DELETE FROM totals AS t USING posts AS p WHERE p.score > moved.other;
    -- Not this: a key that equals a parameter has one row.
    UPDATE totals AS t SET posts = p.score FROM posts AS p WHERE p.id = other;
$$;
-- Nobody knows whether the table has such a column.
CREATE FUNCTION unknown(wanted bigint) RETURNS void LANGUAGE sql AS $$
    UPDATE totals SET posts = score FROM elsewhere.posts AS p WHERE wanted = 1;
$$;

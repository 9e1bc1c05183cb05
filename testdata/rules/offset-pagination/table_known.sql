CREATE TABLE posts (
    id bigint PRIMARY KEY,
    created_at timestamptz NOT NULL,
    published_at timestamptz,
    slug text NOT NULL UNIQUE
);
CREATE TABLE parts (post bigint, part int, PRIMARY KEY (post, part));
SELECT id FROM posts ORDER BY created_at DESC LIMIT 20 OFFSET 40;
SELECT id FROM posts AS p ORDER BY p.published_at LIMIT 20 OFFSET 40;
SELECT id FROM posts ORDER BY slug LIMIT 20 OFFSET 40;
SELECT id FROM posts LIMIT 20 OFFSET 40;
SELECT id FROM posts WHERE slug > 'm' LIMIT 20 OFFSET 40;
SELECT part FROM parts ORDER BY part DESC LIMIT 20 OFFSET 40;
-- The WITH query hides the table, and with it the primary key.
WITH posts AS (SELECT id, n FROM counts) SELECT id FROM posts ORDER BY n OFFSET 5;
SELECT p.id FROM posts p JOIN parts ON post = p.id ORDER BY p.slug OFFSET 5;
-- The output's id is another column: in ORDER BY it would be that.
SELECT author_id AS id FROM posts ORDER BY created_at LIMIT 10 OFFSET 20;

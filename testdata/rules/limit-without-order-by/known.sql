CREATE TABLE authors (id bigint PRIMARY KEY, email text UNIQUE, team int);
CREATE TABLE posts (author bigint, number int, title text, PRIMARY KEY (author, number));
CREATE UNIQUE INDEX team_leader ON authors (team) WHERE email IS NULL;
SELECT title FROM posts LIMIT 10;
-- One of a team has no e-mail, others may have one.
SELECT id FROM authors WHERE team = $1 LIMIT 1;
SELECT id FROM authors WHERE team = $1 AND email IS NOT NULL LIMIT 1;
SELECT title FROM posts WHERE author = $1 LIMIT 1;
SELECT id FROM authors WHERE team = 3 LIMIT 1;
SELECT title FROM posts p JOIN authors a ON a.id = p.author WHERE a.email = $1 LIMIT 1;
-- A row of posts for each author, whatever ON says of the author.
SELECT a.id FROM authors a LEFT JOIN posts p ON a.id = 3 AND p.author = 3 LIMIT 1;
SELECT id FROM authors WHERE email = email LIMIT 1;
-- Silent: one row, by its key.
SELECT id FROM authors WHERE team = $1 AND email IS NULL LIMIT 1;
SELECT title FROM posts WHERE author = $1 AND number = $2 LIMIT 1;
SELECT title FROM posts WHERE (author, number) = ($1, $2) LIMIT 1;
SELECT id FROM authors WHERE lower($1) = email LIMIT 1;
SELECT a.team FROM posts p JOIN authors a ON a.id = p.author
    WHERE p.number = 1 AND p.author = 7 LIMIT 1;
SELECT p.title FROM authors a LEFT JOIN posts p ON p.author = a.id AND p.number = 1
    WHERE a.email = 'a@example.org' LIMIT 1;
SELECT (SELECT email FROM authors a WHERE a.id = p.author LIMIT 1) FROM posts p;
-- Silent: the name is a variable's, or of a table further out that nobody knows.
CREATE FUNCTION author_of(address text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    found int;
BEGIN
    SELECT team INTO found FROM authors WHERE email = address LIMIT 1;
    RETURN found;
END $$;
SELECT (SELECT a.team FROM authors a WHERE a.id = author_id LIMIT 1) FROM elsewhere;
-- A column of the table itself.
SELECT (SELECT a.team FROM authors a WHERE a.id = team LIMIT 1) FROM elsewhere;
-- Silent: there is one row at most.
CREATE TABLE settings (id boolean PRIMARY KEY DEFAULT true CHECK (id), name text);
CREATE TABLE leaders (name text NOT NULL UNIQUE, since timestamptz, CHECK (name = 'default'));
SELECT name FROM settings LIMIT 1;
SELECT since FROM leaders WHERE since > now() LIMIT 1;
-- The key may be null: there may be many.
CREATE TABLE slots (name text UNIQUE CHECK (name = 'default'), since timestamptz);
SELECT since FROM slots WHERE since > now() LIMIT 1;

-- Slips of the pen are reported, and silence nothing.

-- pgsquint: allow drop-tabel
DROP TABLE a;

-- pgsquint: alow drop-table
DROP TABLE b;

-- pgsquint: allow
DROP TABLE c;

-- The first word is meant, the others are not rules.
-- pgsquint: allow drop-table because nothing reads it
DROP TABLE d;

-- pgsquint: allow locking
DROP TABLE e;

-- pgsquint: allow drop-table
SELECT id FROM f;

-- Not a suppression: it does not begin with the word.
-- see pgsquint: allow drop-table
DROP TABLE g;

-- pgsquint: allow drop-table

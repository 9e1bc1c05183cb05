-- Where a comment silences a finding. Every statement but those of the last
-- part would be reported.

-- pgsquint: allow drop-table
DROP TABLE above;

-- pgsquint: allow drop-table -- nothing reads it since 2.3
-- and nothing writes it either
DROP TABLE comment_between;

/* pgsquint: allow drop-table */
DROP TABLE block_comment;

DROP TABLE at_the_end; -- pgsquint: allow drop-table

ALTER TABLE several_lines -- pgsquint: allow drop-column
    DROP COLUMN a,
    DROP COLUMN b;

ALTER TABLE last_line
    DROP COLUMN a,
    DROP COLUMN b; -- pgsquint: allow drop-column -- since 2.3

-- pgsquint: allow drop-table, drop-column
DROP TABLE first_of_two; -- pgsquint: allow index-build-blocks-writes

-- pgsquint: allow drop-column
-- pgsquint: allow index-build-blocks-writes
ALTER TABLE two_lines DROP COLUMN a;

-- The comment is about the statement below it, not about all that follow.
-- pgsquint: allow drop-table
DROP TABLE silenced;
DROP TABLE reported;

-- An empty line lies between.
-- pgsquint: allow drop-table

DROP TABLE too_far;

DROP TABLE same_line; DROP TABLE only_this_one; -- pgsquint: allow drop-table

SELECT '-- pgsquint: allow drop-table';
DROP TABLE below_a_string;

-- In the body of a DO block or function, it is about all of it.
DO $$
BEGIN
    -- pgsquint: allow drop-table
    DROP TABLE first_in_body;
    DROP TABLE second_in_body; -- pgsquint: allow drop-column
END
$$;

INSERT INTO notes (note) VALUES ($$
-- pgsquint: allow drop-column
$$);

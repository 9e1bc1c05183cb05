-- +goose Up
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    -- What is found at the end of the history is silenced where it was made.
    customer bigint REFERENCES customers -- pgsquint: allow foreign-key-without-index
);
-- pgsquint: allow drop-table -- never written
DROP TABLE drafts;
-- +goose Down
-- The rule does not speak about down steps, and the comment is not unused.
-- pgsquint: allow drop-table
DROP TABLE orders;
CREATE TABLE drafts (id bigint PRIMARY KEY);

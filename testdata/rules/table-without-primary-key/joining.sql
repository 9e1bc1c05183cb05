-- The two columns that reference others are the key of a table that joins them.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE groups (id bigint PRIMARY KEY);
CREATE TABLE members (
    user_id bigint REFERENCES users,
    group_id bigint REFERENCES groups,
    since timestamptz
);

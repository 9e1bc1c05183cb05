CREATE TABLE users (
    id bigint PRIMARY KEY,
\if :with_name
    name text,
\endif
    email text
);

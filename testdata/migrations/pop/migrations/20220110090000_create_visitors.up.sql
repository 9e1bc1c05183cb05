CREATE TABLE visitors (
    id bigint PRIMARY KEY
);

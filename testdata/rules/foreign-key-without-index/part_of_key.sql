-- An index that leads with a part of the key narrows the search, no more.
CREATE TABLE users (tenant bigint, id bigint, PRIMARY KEY (tenant, id));
CREATE TABLE orders (
    tenant bigint,
    user_id bigint,
    day date,
    FOREIGN KEY (tenant, user_id) REFERENCES users
);
CREATE INDEX ON orders (tenant, day);

-- Silent: an index leads with the key's columns, in some order.
CREATE TABLE users (id bigint PRIMARY KEY, tenant bigint, UNIQUE (tenant, id));
CREATE TABLE orders (
    id bigint PRIMARY KEY REFERENCES users,
    user_id bigint UNIQUE REFERENCES users,
    seller bigint REFERENCES users,
    buyer bigint REFERENCES users,
    payer bigint REFERENCES users,
    tenant bigint,
    boss bigint,
    FOREIGN KEY (tenant, boss) REFERENCES users (tenant, id)
);
CREATE INDEX ON orders (seller DESC, id);
CREATE INDEX ON orders (buyer) WHERE buyer IS NOT NULL;
CREATE INDEX ON orders USING hash (payer);
CREATE INDEX ON orders (boss, tenant, id);
-- Silent: a key that is not there at the end, or whose table is not.
CREATE TABLE items (user_id bigint REFERENCES users);
ALTER TABLE items DROP CONSTRAINT items_user_id_fkey;
CREATE TABLE gone (user_id bigint REFERENCES users);
DROP TABLE gone;
CREATE TABLE lost (user_id bigint REFERENCES users);
ALTER TABLE lost DROP COLUMN user_id;
-- Silent: a temporary table is small, and gone soon.
CREATE TEMPORARY TABLE own_users (id bigint PRIMARY KEY);
CREATE TEMPORARY TABLE scratch (user_id bigint REFERENCES own_users);
-- Silent: the primary key finds the one row there can be by a part of the key.
CREATE TABLE lines (
    id bigint PRIMARY KEY,
    tenant bigint,
    FOREIGN KEY (tenant, id) REFERENCES users (tenant, id)
);

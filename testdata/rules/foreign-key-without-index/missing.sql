CREATE TABLE users (id bigint PRIMARY KEY, tenant bigint, UNIQUE (tenant, id));
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    "approvedBy" bigint CONSTRAINT approved REFERENCES users (id),
    tenant bigint,
    boss bigint,
    FOREIGN KEY (tenant, boss) REFERENCES users (tenant, id)
);
-- An index that leads with something else, with an expression, that is for
-- other operators or for some rows only, does not help.
CREATE INDEX ON orders (id, user_id);
CREATE INDEX ON orders (user_id) WHERE user_id > 100;
CREATE INDEX ON orders ((user_id + 0));
CREATE INDEX ON orders USING brin (user_id);
CREATE INDEX ON orders (tenant);
CREATE INDEX ON orders USING hash ("approvedBy");
DROP INDEX "orders_approvedBy_idx";
CREATE SCHEMA app;
CREATE TABLE app.items (user_id bigint);
ALTER TABLE app.items ADD CONSTRAINT items_user FOREIGN KEY (user_id)
    REFERENCES users;

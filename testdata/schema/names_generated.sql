-- The names of keys, indexes, sequences and checks that nobody named.
CREATE TABLE parents (id serial PRIMARY KEY, code text UNIQUE);
CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    parent_id int REFERENCES parents,
    other_id int REFERENCES parents (id),
    a int CHECK (a > 0),
    b int CHECK (b > a),
    c int,
    d int UNIQUE,
    UNIQUE (a, b),
    CHECK (a > b),
    CHECK (b > c AND c > d),
    CHECK (true),
    FOREIGN KEY (parent_id, c) REFERENCES parents (id, code)
);
CREATE TABLE orders (
    id bigserial PRIMARY KEY,
    parent_id int REFERENCES parents,
    other_id int REFERENCES parents (id),
    a int CHECK (a > 0),
    b int CHECK (b > a),
    c int CHECK (c > 0) CHECK (c < 10),
    d int UNIQUE,
    UNIQUE (a, b),
    CHECK (a > b),
    CHECK (b > c AND c > d),
    CHECK (true),
    CHECK (a > 0 OR a < 0)
);
ALTER TABLE orders ADD CHECK (a > 1), ADD CHECK (a > 2);
ALTER TABLE orders ADD UNIQUE (a, b), ADD UNIQUE (b, a);
ALTER TABLE orders ADD FOREIGN KEY (parent_id) REFERENCES parents;
ALTER TABLE orders ADD COLUMN e serial UNIQUE CHECK (e > 0);
CREATE INDEX ON orders (a);
CREATE INDEX ON orders (a);
CREATE INDEX ON orders (a, b DESC, lower(d::text), (a + b));
CREATE INDEX ON orders ((a + b), (a - b), upper('x' || a));
CREATE INDEX ON orders ((a::bigint));
CREATE INDEX ON orders (coalesce(a, b), (CASE WHEN a > 0 THEN 1 END));
CREATE UNIQUE INDEX ON orders (c) INCLUDE (d);
CREATE TABLE "Mixed Case" ("Id" serial PRIMARY KEY, "a.b" int UNIQUE CHECK ("a.b" > 0));
CREATE INDEX ON "Mixed Case" ("a.b");

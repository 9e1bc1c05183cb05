-- ON CONFLICT needs a unique index on exactly the columns that it names, and
-- finds it when the statement is planned, whether or not there are rows.
CREATE TABLE users (id bigint PRIMARY KEY, email text, name text, age integer,
    UNIQUE (email, name), CONSTRAINT users_age_check CHECK (age > 0));
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (id) DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT ((id)) DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (id, id) DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (name, email)
    DO UPDATE SET age = 1;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (email) DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (id, email) DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false
    ON CONFLICT (email) DO UPDATE SET age = 1;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (nothing) DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT ON CONSTRAINT users_pkey
    DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false
    ON CONFLICT ON CONSTRAINT users_age_check
    DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT ON CONSTRAINT users_key
    DO NOTHING;
INSERT INTO users SELECT 1 WHERE false ON CONFLICT (age) DO NOTHING;
WITH added AS (INSERT INTO users (id) SELECT 1 WHERE false
    ON CONFLICT (name) DO NOTHING
    RETURNING id) SELECT id FROM added;
WITH ids AS (SELECT 1 AS id) INSERT INTO users (id) SELECT id FROM ids
    ON CONFLICT (id) DO NOTHING;

-- A plain index is not enough; a unique one is, also without a constraint.
CREATE INDEX users_age_idx ON users (age);
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (age) DO NOTHING;
CREATE UNIQUE INDEX users_age_key ON users (age) INCLUDE (name);
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (age) DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false
    ON CONFLICT ON CONSTRAINT users_age_key
    DO NOTHING;
DROP INDEX users_age_key;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (age) DO NOTHING;

-- Expressions and predicates.
INSERT INTO users (id) SELECT 1 WHERE false
    ON CONFLICT (lower(email)) DO NOTHING;
CREATE UNIQUE INDEX users_lower_idx ON users (lower(email));
INSERT INTO users (id) SELECT 1 WHERE false
    ON CONFLICT (lower(email)) DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (email) DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false
    ON CONFLICT (lower(email), name) DO NOTHING;
CREATE UNIQUE INDEX users_name_key ON users (name) WHERE age > 10;
INSERT INTO users (id) SELECT 1 WHERE false ON CONFLICT (name) DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false
    ON CONFLICT (name) WHERE age > 10 DO NOTHING;
INSERT INTO users (id) SELECT 1 WHERE false
    ON CONFLICT (id) WHERE age > 10 DO NOTHING;

-- Exclusion constraints are found by name only.
CREATE TABLE rooms (id integer, during int4range,
    CONSTRAINT rooms_free EXCLUDE USING gist (during WITH &&));
INSERT INTO rooms VALUES (1, '[1,2)') ON CONFLICT DO NOTHING;
INSERT INTO rooms VALUES (1, '[1,2)') ON CONFLICT (during) DO NOTHING;
INSERT INTO rooms VALUES (1, '[1,2)') ON CONFLICT ON CONSTRAINT rooms_free
    DO NOTHING;
INSERT INTO rooms VALUES (1, '[1,2)') ON CONFLICT ON CONSTRAINT rooms_free
    DO UPDATE SET id = 2;

-- Partitions have the indexes of their parent, and their own.
CREATE TABLE events (id bigint, at date, kind text, UNIQUE (id, at))
    PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO events VALUES (1, '2024-05-01') ON CONFLICT (at, id) DO NOTHING;
INSERT INTO events VALUES (1, '2024-05-01') ON CONFLICT (id) DO NOTHING;
INSERT INTO events_2024 VALUES (1, '2024-05-01') ON CONFLICT (id, at)
    DO NOTHING;
CREATE UNIQUE INDEX ON events_2024 (kind);
INSERT INTO events_2024 VALUES (2, '2024-05-01') ON CONFLICT (kind) DO NOTHING;
INSERT INTO events VALUES (2, '2024-05-01') ON CONFLICT (kind) DO NOTHING;
CREATE UNIQUE INDEX events_kind_key ON ONLY events (kind, at);
INSERT INTO events VALUES (2, '2024-05-01') ON CONFLICT (kind, at) DO NOTHING;

-- A view's own table decides; a rule's statement is planned with it.
CREATE VIEW adults AS SELECT id, email FROM users WHERE age >= 18;
INSERT INTO adults (id) VALUES (7) ON CONFLICT (id) DO NOTHING;

-- Bodies are planned when they run.
CREATE FUNCTION add_user(bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO users (id) VALUES ($1) ON CONFLICT (email) DO NOTHING $$;
PREPARE add_user(bigint) AS
    INSERT INTO users (id) VALUES ($1) ON CONFLICT (email) DO NOTHING;

-- More values than columns, and fewer.
INSERT INTO users VALUES (1, 'a', 'b', 2, 3);
INSERT INTO users (id, email) VALUES (1);
INSERT INTO users (id) VALUES (1, 'a');
INSERT INTO users (id) SELECT 1, 'a';
INSERT INTO users (id, email) SELECT 10;
INSERT INTO users VALUES (20);

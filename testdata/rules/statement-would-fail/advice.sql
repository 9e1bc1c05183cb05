CREATE TABLE people (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, person_id bigint REFERENCES people,
    total integer);
CREATE TABLE events (id bigint, at date, kind text) PARTITION BY RANGE (at);
ALTER TABLE orders RENAME TO purchases;
-- The name that it has now; the one that was meant.
INSERT INTO orders (id) VALUES (1);
ALTER TABLE public.orders ADD COLUMN note text;
ALTER TABLE people RENAME COLUMN emial TO mail;
UPDATE purchases SET totel = 1;
-- The index that ON CONFLICT wants.
INSERT INTO people (id, email) VALUES (1, 'a')
    ON CONFLICT (email) DO UPDATE SET email = excluded.email;
INSERT INTO events (id, at) VALUES (1, '2024-01-01')
    ON CONFLICT (id, at) DO NOTHING;
-- Nothing that is true of each such statement.
INSERT INTO people (id, email) VALUES (1, 'a')
    ON CONFLICT (lower(email)) DO NOTHING;
INSERT INTO people (id) VALUES (1, 2);
SELECT quantity FROM purchases;
-- What is not there was to go: nothing else goes in its place.
ALTER TABLE people DROP COLUMN emial;
DROP TABLE orders;

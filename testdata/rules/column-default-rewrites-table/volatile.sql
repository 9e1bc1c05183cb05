ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
ALTER TABLE app.orders
    ADD COLUMN note text,
    ADD COLUMN "madeAt" timestamptz NOT NULL DEFAULT clock_timestamp() CHECK ("madeAt" > '2020-01-01') UNIQUE;
ALTER TABLE orders ADD COLUMN r double precision DEFAULT (random() * 10 + 1);
ALTER TABLE orders ADD n bigint DEFAULT pg_catalog.nextval('numbers');
-- A stable part does not help.
ALTER TABLE orders ADD COLUMN label text DEFAULT now()::text || random()::text;
-- With a key, which nothing needs to be looked up for while the column is empty.
ALTER TABLE orders ADD COLUMN user_id uuid DEFAULT gen_random_uuid() REFERENCES users (id);

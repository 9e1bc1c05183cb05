-- Silent: the value is noted once.
ALTER TABLE orders ADD COLUMN a integer;
ALTER TABLE orders ADD COLUMN b integer DEFAULT 0;
ALTER TABLE orders ADD COLUMN c integer DEFAULT -1;
ALTER TABLE orders ADD COLUMN d integer DEFAULT (1 + 2);
ALTER TABLE orders ADD COLUMN e text DEFAULT 'x'::text NOT NULL;
ALTER TABLE orders ADD COLUMN f int[] DEFAULT ARRAY[1, 2];
ALTER TABLE orders ADD COLUMN g int[] DEFAULT '{}';
ALTER TABLE orders ADD COLUMN h jsonb DEFAULT '{}'::jsonb;
ALTER TABLE orders ADD COLUMN i boolean DEFAULT false;
ALTER TABLE orders ADD COLUMN j text DEFAULT NULL;
ALTER TABLE orders ADD COLUMN k text DEFAULT NULL::text;
ALTER TABLE orders ADD COLUMN l numeric(10, 2) DEFAULT round(1.234, 2);
-- Silent: a stable function is computed once for all rows.
ALTER TABLE orders ADD COLUMN m timestamptz DEFAULT now();
ALTER TABLE orders ADD COLUMN n timestamptz DEFAULT pg_catalog.now();
ALTER TABLE orders ADD COLUMN o timestamp DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE orders ADD COLUMN p date DEFAULT CURRENT_DATE NOT NULL;
ALTER TABLE orders ADD COLUMN q timestamptz DEFAULT date_trunc('day', now());
ALTER TABLE orders ADD COLUMN r text DEFAULT current_user;
ALTER TABLE orders ADD COLUMN s text DEFAULT current_setting('app.tenant', true);
ALTER TABLE orders ADD COLUMN t timestamptz DEFAULT now() AT TIME ZONE 'utc' + interval '1 day';
ALTER TABLE orders ADD COLUMN u text DEFAULT md5('a' || lower('B'));
ALTER TABLE orders ADD COLUMN v timestamptz DEFAULT transaction_timestamp();
-- Silent: it is for new rows only.
ALTER TABLE orders ALTER COLUMN b SET DEFAULT random();
-- Silent: it exists, so nothing is done.
ALTER TABLE orders ADD COLUMN IF NOT EXISTS b uuid DEFAULT gen_random_uuid();

ALTER TABLE orders ADD COLUMN status text NOT NULL;
ALTER TABLE shop."Order" ADD "customerId" bigint
    CONSTRAINT has_customer NOT NULL -- whose
    REFERENCES customers (id) ON DELETE CASCADE;
ALTER TABLE orders
    ADD COLUMN note text COLLATE "C" NOT NULL CHECK (note <> ''),
    ADD COLUMN paid_at timestamptz,
    ADD COLUMN price numeric(10, 2)[] NOT NULL UNIQUE,
    DROP COLUMN old_price;
ALTER TABLE IF EXISTS ONLY orders ADD COLUMN IF NOT EXISTS total integer
    NOT NULL;

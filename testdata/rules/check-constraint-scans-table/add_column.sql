ALTER TABLE orders ADD COLUMN discount numeric CHECK (discount >= 0);
-- All its CHECKs at once, and the index that it would build.
ALTER TABLE app.orders
    ADD COLUMN note text,
    ADD COLUMN IF NOT EXISTS code text COLLATE "C" DEFAULT ''
        CONSTRAINT code_short CHECK (length(code) < 10) NOT NULL
        CHECK (code <> note) UNIQUE;
-- Silent: it exists already, so nothing is done.
ALTER TABLE app.orders ADD COLUMN IF NOT EXISTS code text CHECK (code <> 'a');

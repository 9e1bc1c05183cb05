-- Lines that begin like statements, and are none.
ALTER TABLE orders
    DROP COLUMN total
    DROP COLUMN note
    ALTER COLUMN id SET NOT NULL;

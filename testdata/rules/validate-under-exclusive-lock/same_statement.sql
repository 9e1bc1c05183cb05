ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID, VALIDATE CONSTRAINT total_positive;
ALTER TABLE orders
    VALIDATE CONSTRAINT orders_user_id_fkey,
    ADD COLUMN note text;

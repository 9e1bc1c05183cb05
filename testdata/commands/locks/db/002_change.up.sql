-- Every kind of line: several relations, work, nothing at all, a failure.
SET search_path = public;
ALTER TABLE orders
    ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users;
ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 2);
ALTER TABLE orders ALTER COLUMN placed_at TYPE timestamptz
    USING placed_at + interval '1 second';
CREATE INDEX orders_user_id ON orders (user_id);
CREATE INDEX CONCURRENTLY users_email ON users (email);
DROP TABLE "a[31mred";
DO $$
BEGIN
    ALTER TABLE users ADD COLUMN seen_at timestamptz DEFAULT clock_timestamp();
    DROP TABLE orders CASCADE;
END
$$;
UPDATE users SET email = lower(email);

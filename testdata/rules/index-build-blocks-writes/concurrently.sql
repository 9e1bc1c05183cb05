-- Silent: the lock of CONCURRENTLY lets writers through.
CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS orders_number_idx
    ON orders (number);
-- Silent: nothing is built on the parent alone.
CREATE INDEX events_at_idx ON ONLY events (at);
-- Silent: the text of a function is not run here.
CREATE FUNCTION build() RETURNS void LANGUAGE sql AS $$
    CREATE INDEX ON orders (user_id);
$$;

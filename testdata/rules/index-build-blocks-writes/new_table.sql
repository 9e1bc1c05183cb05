-- Silent: nobody else knows these relations yet, and they have no old rows.
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX orders_user_id_idx ON orders (user_id);
ALTER TABLE orders RENAME TO purchases;
CREATE INDEX purchases_user_id_idx ON purchases (user_id);
CREATE TABLE totals AS SELECT user_id, count(*) AS n FROM old_orders GROUP BY 1;
CREATE UNIQUE INDEX ON totals (user_id);
SELECT * INTO copied FROM old_orders;
CREATE INDEX ON copied (user_id);
CREATE MATERIALIZED VIEW latest AS SELECT * FROM old_orders;
CREATE INDEX ON latest (user_id);
CREATE TEMPORARY TABLE scratch (id bigint);
CREATE INDEX ON scratch (id);
CREATE UNLOGGED TABLE cache (key text);
CREATE INDEX ON cache (key);
CREATE TABLE events (at timestamptz) PARTITION BY RANGE (at);
CREATE INDEX ON events (at);
CREATE SCHEMA shop
    CREATE TABLE baskets (id bigint, user_id bigint)
    CREATE INDEX baskets_user_id_idx ON baskets (user_id);

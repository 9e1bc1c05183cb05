-- What the server runs in a body.
DO $$
DECLARE
    cluster text;
BEGIN
    REINDEX TABLE orders;
    CLUSTER orders USING orders_pkey;
    ALTER TABLE orders DETACH PARTITION orders_1;
    ALTER DATABASE shop SET work_mem = '64MB';
    CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p
        WITH (create_slot = false);
    ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false);
    DISCARD PLANS;
    EXECUTE statement;
    EXECUTE format('ANALYZE %I', 'orders');
    cluster := 'x';
    -- No transaction is open: it may end its own.
    COMMIT;
END
$$;
CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN COMMIT; END';
CREATE FUNCTION c() RETURNS integer LANGUAGE c AS 'VACUUM', 'VACUUM';

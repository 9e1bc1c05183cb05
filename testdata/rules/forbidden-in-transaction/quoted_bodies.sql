-- Bodies in plain quotes, with doubled quotes and escapes: positions stay.
CREATE FUNCTION a() RETURNS void LANGUAGE sql AS 'VACUUM';
CREATE FUNCTION b(name text DEFAULT 'VACUUM') RETURNS void AS
    'BEGIN RAISE NOTICE ''it''''s time''; EXECUTE ''VACUUM orders''; END'
    LANGUAGE plpgsql;
DO 'BEGIN
    RAISE NOTICE ''VACUUM orders'';
    EXECUTE format(''DROP INDEX CONCURRENTLY %I'', ''it''''s'');
    PERFORM ''''; DISCARD ALL;
END';
DO LANGUAGE plpgsql E'BEGIN\n EXECUTE \'REINDEX DATABASE shop\'; CLUSTER; END';

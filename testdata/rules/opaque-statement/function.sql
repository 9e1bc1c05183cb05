-- Silent: what a function does, it does when it is called.
CREATE FUNCTION drop_it(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DROP TABLE %I', name);
END $$;

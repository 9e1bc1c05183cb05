-- Silent: semicolons inside of bodies and quotes end no statement, and what a
-- string holds is not this rule's business.
CREATE FUNCTION one() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    SELCT 1;
END;
$$;
CREATE FUNCTION two() RETURNS integer
BEGIN ATOMIC
    SELECT 1;
    SELECT CASE WHEN true THEN 2 END;
END;
CREATE RULE quiet AS ON INSERT TO orders DO INSTEAD (SELECT 1; SELECT 2);
SELECT 'it''s; not the end', E'\';', $tag$;$$;$tag$ /* ; */; -- ;
;;

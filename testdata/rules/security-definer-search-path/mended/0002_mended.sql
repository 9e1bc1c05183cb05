-- Silent: a later migration says where each of them looks.
CREATE OR REPLACE FUNCTION a() RETURNS int LANGUAGE sql SECURITY DEFINER
    SET search_path = '' AS 'SELECT 1';
ALTER FUNCTION b() SET search_path = '';
CREATE OR REPLACE FUNCTION c() RETURNS int LANGUAGE sql AS 'SELECT 1';

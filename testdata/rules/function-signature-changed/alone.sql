-- Silent: no other function of that name is known.
CREATE OR REPLACE FUNCTION price(item bigint) RETURNS integer LANGUAGE sql AS 'SELECT 1';

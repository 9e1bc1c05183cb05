-- +goose Up
SET LOCAL search_path = app;
SELECT set_config('lock_timeout', '5s', true);
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
SET CONSTRAINTS ALL DEFERRED;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql SET search_path = app
    AS 'SELECT 1';
ALTER ROLE reader SET search_path = app;

-- +goose Down
SET search_path = app;
DROP FUNCTION f();
RESET ALL;

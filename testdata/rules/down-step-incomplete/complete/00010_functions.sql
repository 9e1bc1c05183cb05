-- +goose Up
CREATE FUNCTION double(x integer) RETURNS integer LANGUAGE sql AS $$ SELECT 2 * x $$;

-- +goose Down
DROP FUNCTION double;

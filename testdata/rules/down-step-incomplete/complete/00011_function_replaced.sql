-- +goose Up
CREATE OR REPLACE FUNCTION double(x integer) RETURNS integer LANGUAGE sql AS $$ SELECT x + x $$;

-- +goose Down
-- Spaces, comments and the case of words do not count.
CREATE OR REPLACE FUNCTION double(x integer) RETURNS integer LANGUAGE sql AS $$
    -- twice
    select 2*x
$$;

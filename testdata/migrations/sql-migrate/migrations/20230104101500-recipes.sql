-- +migrate Up
CREATE TABLE recipes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL,
    servings integer NOT NULL DEFAULT 2,
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- +migrate StatementBegin
CREATE FUNCTION touch_recipe() RETURNS trigger AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
-- +migrate StatementEnd

CREATE TRIGGER recipes_touch BEFORE UPDATE ON recipes
    FOR EACH ROW EXECUTE FUNCTION touch_recipe();

-- +migrate Down
DROP TABLE recipes;
DROP FUNCTION touch_recipe();

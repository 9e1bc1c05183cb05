-- +migrate Up
CREATE TABLE ingredients (
    recipe_id bigint NOT NULL REFERENCES recipes (id),
    position integer NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (recipe_id, position)
);

-- +migrate Down
DROP TABLE ingredients;

CREATE TABLE moves (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_id bigint NOT NULL REFERENCES items (id),
    quantity integer NOT NULL
);
CREATE INDEX moves_item_id_idx ON moves (item_id);

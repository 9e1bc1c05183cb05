-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE UNIQUE INDEX by_day ON orders (day, id) WHERE user_id > 0;
CREATE INDEX ON many (id);
CREATE INDEX made_by_a_job_at_idx ON made_by_a_job USING brin (at);
CREATE INDEX old_id_idx ON archive.old (id);
-- A partition by itself is a table like any.
CREATE INDEX ON orders_2023 (id);
-- Silent: nothing is built.
CREATE INDEX orders_id_idx ON ONLY orders (id);

-- +goose Down
DROP INDEX orders_user_id_idx;

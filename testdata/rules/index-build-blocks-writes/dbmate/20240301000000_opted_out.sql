-- migrate:up transaction:false
CREATE INDEX orders_id_idx ON orders (id);

-- migrate:down transaction:false
DROP INDEX orders_id_idx;

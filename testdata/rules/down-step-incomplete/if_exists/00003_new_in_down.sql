-- +goose Up
ALTER TABLE orders ADD COLUMN remark text;

-- +goose Down
-- Nobody ever had this index.
ALTER TABLE orders DROP COLUMN remark;
CREATE INDEX orders_total_idx ON orders (total);

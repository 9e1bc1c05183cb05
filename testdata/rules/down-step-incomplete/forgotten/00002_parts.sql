-- +goose Up
ALTER TABLE orders ADD COLUMN note text, ADD COLUMN "Paid" timestamptz;
CREATE INDEX orders_note_idx ON orders (note);
ALTER TABLE orders ADD CONSTRAINT orders_note_not_empty CHECK (note <> '');
CREATE POLICY own_orders ON orders USING (user_id = 1);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE STATISTICS orders_statistics ON user_id, state FROM orders;
CREATE TRIGGER orders_paid AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch();
CREATE RULE orders_kept AS ON DELETE TO orders DO INSTEAD NOTHING;

-- +goose Down
ALTER TABLE orders DROP CONSTRAINT orders_note_not_empty;

CREATE TABLE orders (id bigint PRIMARY KEY);
COMMENT ON TABLE orders IS 'Orders';
COMMENT ON COLUMN orders.id IS 'Id';
-- Without INCLUDING COMMENTS.
CREATE TABLE copies (LIKE orders);
COMMENT ON TABLE copies IS 'Copies';

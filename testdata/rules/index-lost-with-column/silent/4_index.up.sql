CREATE INDEX orders_h_i_idx ON orders (h, i);

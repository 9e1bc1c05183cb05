CREATE TABLE orders (id bigint PRIMARY KEY, a integer UNIQUE, b integer,
    c integer CHECK (c > 0), d integer, e integer, f integer, g integer,
    j integer, k integer);
CREATE INDEX orders_j_k_idx ON orders (j, k);
CREATE INDEX orders_b_idx ON orders (b) WHERE b > 0;
CREATE INDEX orders_c_d_idx ON orders (c, d);
CREATE INDEX orders_id_e_idx ON orders (id, e);
CREATE INDEX orders_f_g_idx ON orders (f, g);
CREATE TABLE tickets (id bigint PRIMARY KEY, stickied boolean, score integer,
    day date);
CREATE INDEX ON tickets (stickied DESC, abs(score), day);

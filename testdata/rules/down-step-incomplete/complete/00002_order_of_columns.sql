-- +goose Up
-- The column comes back as the last: the order of columns does not count, nor
-- do names that the server makes up, nor how an expression is written.
ALTER TABLE users DROP COLUMN email;
ALTER TABLE orders DROP COLUMN user_id, DROP COLUMN total, DROP COLUMN made;
ALTER TABLE orders DROP COLUMN id;

-- +goose Down
ALTER TABLE orders ADD COLUMN id BIGSERIAL CONSTRAINT orders_pkey1 PRIMARY KEY;
ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT ('');
ALTER TABLE orders ADD COLUMN total decimal(10,2) DEFAULT '0'::numeric;
ALTER TABLE orders ADD CHECK (total >= (0)::numeric);
ALTER TABLE orders ADD COLUMN user_id int8, ADD COLUMN made timestamp with time zone DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey1 FOREIGN KEY (user_id) REFERENCES public.users (id);
CREATE INDEX ON orders USING btree (user_id);
CREATE INDEX orders_name_idx ON public.users (lower((name)::text)) WHERE email != '';

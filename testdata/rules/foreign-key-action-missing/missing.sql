CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users (id) ON UPDATE CASCADE,
    buyer_id bigint REFERENCES users,
    seller_id bigint REFERENCES users ON DELETE CASCADE,
    CONSTRAINT owner FOREIGN KEY (id) REFERENCES users (id) DEFERRABLE
);
ALTER TABLE orders ADD COLUMN agent_id bigint REFERENCES users, ADD COLUMN deleted boolean;
ALTER TABLE orders ADD FOREIGN KEY (buyer_id) REFERENCES public.users (id);

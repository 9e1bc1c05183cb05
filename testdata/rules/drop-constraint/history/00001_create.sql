-- +goose Up
CREATE TABLE users (
    id bigint PRIMARY KEY,
    email text UNIQUE,
    login text UNIQUE,
    age integer CHECK (age > 0),
    born date,
    name text,
    CONSTRAINT name_given CHECK (name IS NOT NULL),
    CONSTRAINT older CHECK (age < 200)
);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    user_id bigint REFERENCES users ON DELETE CASCADE,
    seller_id bigint REFERENCES users,
    buyer_id bigint REFERENCES users ON DELETE SET NULL,
    other_id bigint REFERENCES users,
    day daterange,
    EXCLUDE USING gist (day WITH &&)
);
CREATE TABLE gone (id bigint PRIMARY KEY, email text UNIQUE, user_id bigint REFERENCES users);
CREATE TABLE carts (id bigint PRIMARY KEY, tenant bigint NOT NULL, note bigint, UNIQUE (tenant, id), UNIQUE (note, id));
CREATE TABLE items (cart_id bigint REFERENCES carts, tenant bigint NOT NULL, note bigint);
CREATE TABLE notes (cart_id bigint REFERENCES carts, note bigint);

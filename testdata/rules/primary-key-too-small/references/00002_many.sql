-- +goose Up
CREATE TABLE many (id bigint PRIMARY KEY,
    a integer REFERENCES users, b integer REFERENCES users,
    c integer REFERENCES users, d integer REFERENCES users,
    e integer REFERENCES users, f integer REFERENCES users,
    g integer REFERENCES users, h integer REFERENCES users,
    i integer REFERENCES users);

CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (
    a bigint REFERENCES users ON DELETE CASCADE,
    b bigint REFERENCES users (id) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL,
    -- Written out, it is a decision.
    c bigint REFERENCES users ON DELETE NO ACTION,
    d bigint CHECK (d > 0),
    CONSTRAINT e FOREIGN KEY (d) REFERENCES users ON DELETE RESTRICT
);
CREATE TEMPORARY TABLE work (a bigint, b bigint);
CREATE TABLE gone (user_id bigint REFERENCES users);
DROP TABLE gone;

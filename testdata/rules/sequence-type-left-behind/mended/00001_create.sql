-- +goose Up
CREATE TABLE orders (id serial PRIMARY KEY, other serial,
    identity integer GENERATED ALWAYS AS IDENTITY, big bigserial,
    gone serial, narrow serial, replaced serial);
CREATE SEQUENCE own;
CREATE TABLE invoices (id integer DEFAULT nextval('own'));
ALTER SEQUENCE own OWNED BY invoices.id;
CREATE TABLE dropped (id serial);

-- +goose Down
SELECT 1;

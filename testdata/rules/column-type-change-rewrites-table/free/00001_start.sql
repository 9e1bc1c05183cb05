-- +goose Up
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN plain AS text;
CREATE TABLE t (
    a varchar(10), b varchar(10), c text, d numeric(10, 2), e numeric(10, 2),
    f timestamptz(3), g varbit(8), h cidr, i xml, j positive, k text, l oid,
    m time(0), n interval(2), o varchar(10), p integer, q varchar(20)
);
CREATE INDEX t_o_idx ON t (o);

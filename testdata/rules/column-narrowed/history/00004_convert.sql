-- +goose Up
ALTER TABLE t ALTER v TYPE integer USING v::integer;
ALTER TABLE t ALTER t TYPE feeling USING t::feeling;
ALTER TABLE t ALTER u TYPE email;
ALTER TABLE t ALTER i TYPE boolean USING i::integer::boolean;

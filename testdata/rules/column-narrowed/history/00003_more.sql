-- +goose Up
ALTER TABLE t ALTER s TYPE numeric(3, 0);
ALTER TABLE t ALTER n TYPE numeric(8, 1);
ALTER TABLE t ALTER m TYPE integer;
ALTER TABLE t ALTER r TYPE integer;
ALTER TABLE t ALTER t TYPE varchar(5) USING t::varchar(5);

-- +goose Up
-- Silent: every value of the old type is one of the new.
ALTER TABLE t ALTER v TYPE varchar(80), ALTER c TYPE varchar(10);
ALTER TABLE t ALTER i TYPE bigint, ALTER s TYPE integer;
ALTER TABLE t ALTER n TYPE numeric(12, 4);
ALTER TABLE t ALTER n TYPE numeric;
ALTER TABLE t ALTER k TYPE smallint;
ALTER TABLE t ALTER r TYPE double precision;
ALTER TABLE t ALTER ts TYPE timestamp;
ALTER TABLE t ALTER tz TYPE timestamp;
ALTER TABLE t ALTER day TYPE timestamp;
ALTER TABLE t ALTER mood TYPE feeling USING mood::text::feeling;
ALTER TABLE t ALTER uid TYPE text;
ALTER TABLE t ALTER j TYPE jsonb, ALTER js TYPE json;
ALTER TABLE t ALTER v TYPE text;
-- Silent: what the expression makes of a value is its author's business.
ALTER TABLE t ALTER t TYPE varchar(10) USING left(t, 10);
ALTER TABLE t ALTER t TYPE integer USING nullif(t, '')::integer;
ALTER TABLE t ALTER v TYPE citext;
ALTER TABLE t ALTER v TYPE text;

\ir sub/made.sql
CREATE INDEX made_idx ON made (id);

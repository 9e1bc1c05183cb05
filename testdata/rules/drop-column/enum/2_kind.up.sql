-- One enum has no cast to another.
ALTER TABLE workflows DROP COLUMN kind;
ALTER TABLE workflows ADD COLUMN kind new_kind;

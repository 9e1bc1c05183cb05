-- +goose Up
ALTER TABLE users ATTACH PARTITION users_1 FOR VALUES IN ('it''s', 'fr', NULL);
-- The new table has no rows, but the default partition has.
CREATE TABLE users_4 (name text, region text);
ALTER TABLE users ATTACH PARTITION users_4 FOR VALUES IN ('de');

CREATE TABLE users (id bigint PRIMARY KEY, is_admin boolean, active bool DEFAULT true);
ALTER TABLE users ADD COLUMN "isNew" boolean NULL;

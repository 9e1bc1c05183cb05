ALTER TABLE users DROP CONSTRAINT users_email_key;
alter table if exists only app."User" add column a int, drop constraint if exists "User_key" cascade;

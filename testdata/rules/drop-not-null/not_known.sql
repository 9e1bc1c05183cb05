ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
alter table app."User" alter "eMail" drop not null, add a int;

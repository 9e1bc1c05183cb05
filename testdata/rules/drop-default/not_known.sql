ALTER TABLE users ALTER COLUMN role DROP DEFAULT;
alter table users alter role set default null::text, alter column id drop identity;

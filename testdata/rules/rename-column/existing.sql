ALTER TABLE users RENAME COLUMN name TO full_name;
alter table only app."User" rename "eMail" to email;
ALTER VIEW active RENAME COLUMN a TO b;

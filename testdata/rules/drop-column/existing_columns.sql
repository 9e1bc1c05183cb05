ALTER TABLE users DROP COLUMN email;
alter table if exists app.users drop "eMail" cascade, drop if exists phone;
ALTER TABLE users * DROP COLUMN IF EXISTS fax RESTRICT;

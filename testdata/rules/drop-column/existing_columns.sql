ALTER TABLE users DROP COLUMN email;
alter table if exists app.users drop "eMail" cascade, drop if exists phone;
ALTER TABLE users * DROP COLUMN IF EXISTS fax RESTRICT;

-- It begins anew, in a table that nobody here made.
ALTER TABLE carts DROP COLUMN total;
ALTER TABLE carts ADD COLUMN total numeric NOT NULL DEFAULT 0;

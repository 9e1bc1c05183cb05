CREATE USER MAPPING FOR app SERVER other OPTIONS (user 'app', password 'secret');
ALTER USER MAPPING FOR app SERVER other OPTIONS (SET password 'secret');
CREATE SERVER old FOREIGN DATA WRAPPER mysql OPTIONS (host 'db', password 'secret');
ALTER SERVER old OPTIONS (ADD password 'secret');
CREATE SUBSCRIPTION sub CONNECTION 'host=db dbname=app user=app password=secret'
    PUBLICATION pub;
ALTER SUBSCRIPTION sub CONNECTION 'postgresql://app:secret@db:5432/app';
SELECT * FROM dblink('host = db password = ''a secret''', 'SELECT 1') AS t (a int);
SELECT public.dblink_connect('other', 'postgres://db/app?sslmode=require&password=secret');
PREPARE a AS SELECT dblink_exec('password=''secret''', 'SELECT 1');

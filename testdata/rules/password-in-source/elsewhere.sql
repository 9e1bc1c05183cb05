-- Silent: nothing is written out, or it stands for what a tool fills in.
CREATE ROLE a LOGIN PASSWORD NULL;
CREATE ROLE b LOGIN PASSWORD '';
CREATE ROLE c LOGIN PASSWORD '${APP_PASSWORD}';
CREATE ROLE d LOGIN PASSWORD '{{ app_password }}';
CREATE ROLE e LOGIN PASSWORD :'password';
CREATE ROLE f LOGIN PASSWORD '$PASSWORD';
CREATE ROLE g LOGIN PASSWORD '<password>';
CREATE ROLE h LOGIN PASSWORD '********';
CREATE ROLE i LOGIN PASSWORD '%s';
CREATE ROLE j LOGIN PASSWORD %(password)s;
CREATE ROLE password LOGIN VALID UNTIL 'infinity';
CREATE USER MAPPING FOR app SERVER other OPTIONS (user 'app', password_required 'false');
ALTER USER MAPPING FOR app SERVER other OPTIONS (DROP password);
CREATE SERVER old FOREIGN DATA WRAPPER mysql OPTIONS (host 'password=secret');
CREATE SUBSCRIPTION sub CONNECTION 'host=db user=app passfile=/etc/pgpass'
    PUBLICATION pub;
ALTER SUBSCRIPTION sub CONNECTION 'postgresql://app@db:5432/app?application_name=a:b@c';
ALTER SUBSCRIPTION sub CONNECTION 'postgresql://app:${PASSWORD}@db:5432/app';
ALTER SUBSCRIPTION sub SET PUBLICATION pub;
SELECT * FROM dblink('other', 'SELECT password FROM users WHERE password = 1') AS t (a int);
SELECT dblink_connect('host=db user=app password=');
SELECT format('password=%s', 'secret');
INSERT INTO users (name, password) VALUES ('a', crypt('secret', gen_salt('bf')));

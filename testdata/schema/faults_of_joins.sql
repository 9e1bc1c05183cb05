-- Merged columns of joins: before 16 each was made as it was found, and
-- compared afterwards. SIMILAR TO is no SUBSTRING (... SIMILAR ...).
create table a (i int, r int);
create table b (i text, r int);
create type c1 as (x int);
create type c2 as (x text);
create table t1 (d cidr, k c1, j jsonb, z int);
create table t2 (k c2, d varchar, z text, j json);
create table x1 as select * from t1 natural join t2;
create table x2 as select * from t2 natural join t1;
create table x3 as select * from t1 join t2 using (k, d);
create table x3 as select * from t1 join t2 using (d, k);
create table x3 as select * from t1 join t2 using (z, k);
create table x4 as select * from t1 join t2 using (k, nope);
create table x5 as select * from t1 join t2 using (k, z);
create table x6 as select * from t1 join t2 using (z, nope);
create table x7 as select * from t1 join t2 using (nope, z);
create table x8 as select * from a join b using (r, i);
create table x9 as select * from a left join b using (r);
create table x0 as select * from a full join b b2 using (r);
create domain d1 as int4range check ((substring('its' from 1 for 2)) similar to 'a%');
create domain d2 as text check (substring(value from 'a' for 'b') is null);
create table x10 (a text check (substring(a from 1 for 2) similar to 'a%'));

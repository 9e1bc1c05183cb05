-- versions: 18
-- What 18 says of NOT NULL where it cannot be inherited, and of primary keys'
-- columns that are not there, or no longer.
create table t (a int, constraint nn not null a no inherit);
alter table t alter a set not null;
alter table only t alter a set not null;
alter table t add not null a;
alter table t add constraint x not null a;
alter table t add not null a no inherit;
create table c () inherits (t);
alter table t alter a set not null;
alter table only t alter a set not null;
alter table c add constraint nn not null a no inherit;
alter table t drop constraint nn;
alter table t alter a set not null;
alter table t drop constraint t_a_not_null;
alter table t add primary key (zz), add column zz int;
alter table t add column zz int, add primary key (zz);
alter table t add primary key (yy);
alter table t add primary key (yy), add check (nope);
alter table t add check (nope), add primary key (yy);
alter table t drop column zz, add primary key (zz), drop column nope;
alter table t drop column zz, add primary key (zz);
alter table t add column nn int collate "C", add primary key (yy);
create table p (a int not null no inherit generated always as identity) partition by range (b);
create table p (a int null not null no inherit) partition by range (a);
create table p (a int, not null a no inherit, b nope) partition by range (a);
create table p (a int) partition by range (a);
alter table p add column b int not null no inherit;
alter table p add not null a no inherit;

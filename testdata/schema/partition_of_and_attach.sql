-- Partitions with columns, checks, indexes of their own, and without.

create table p (a int not null, b text, c int default 3, primary key (a), check (c > 0)) partition by range (a);
create index on p (b);
create table p1 partition of p for values from (1) to (10);
create table p2 partition of p (c not null default 4, constraint p2c check (c < 100)) for values from (10) to (20) partition by list (b);
create table p21 partition of p2 for values in ('x');
create table p3 (c int, b text, a int not null, check (c > 0));
alter table p attach partition p3 for values from (20) to (30);
create unique index on p (a, b);
alter table p add column d int not null default 1;
alter table p add constraint dd check (d > 0);
alter table p add unique (a, c);
alter table p detach partition p1;
alter table p1 drop column d;
alter table p3 drop column d;
alter table p drop column d;
alter table only p drop column c;
alter table only p add column e int;
alter table only p add constraint q check (a > 0);
alter table only p add constraint q check (a > 0) no inherit;
drop table p3;

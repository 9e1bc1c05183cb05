-- Keys that reference a partitioned table have a part for each partition.

create table p (a int primary key) partition by range (a);
create table p1 partition of p for values from (0) to (10);
create table f (x int references p);
create table p2 partition of p for values from (10) to (20);
alter table p detach partition p2;
alter table f drop constraint f_x_fkey;
drop table p;

-- What a foreign key must find in the table that it references.

create table r (a int primary key, b int unique, c text);
create table s (x int references r, y int references r (b) on delete cascade, z int constraint zz references r on update set null deferrable initially deferred);
create table t (x int, foreign key (x) references r (c));
create table t (x text references r);
create table t3 (x int references nope);
create table t4 (x int references r (nope));
create table t (x int, foreign key (nope) references r);
create table t (x int, y int, foreign key (x, y) references r);
create table pp (a int references r, b int) partition by range (b);
create table pp1 partition of pp for values from (0) to (10);
create table pp2 (a int, b int);
alter table pp2 add foreign key (a) references r;
alter table pp attach partition pp2 for values from (10) to (20);
alter table pp2 drop constraint pp2_a_fkey;
alter table pp1 drop constraint pp_a_fkey;
alter table pp1 drop constraint pp1_a_fkey;
alter table pp add foreign key (b) references r (b);
alter table pp detach partition pp1;
alter table pp1 drop constraint pp_a_fkey;

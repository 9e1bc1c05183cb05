-- A column in parentheses is a column of the partition key.
create table a (x int primary key) partition by range ((x));
create table b (x int, y int, primary key (x, y)) partition by range ((x), y);
create table c (x int, y int, primary key (x, y)) partition by range ((x + 1), y);
create table d (x int, y int) partition by list ((y));
create unique index on d (x);
create unique index on d (x, y);
alter table d drop column y;
create table d1 partition of d for values in (1);

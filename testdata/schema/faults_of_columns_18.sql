-- versions: 18
-- NOT NULL NO INHERIT beside what implies NOT NULL; new types of virtual columns.
create table a (a serial not null no inherit, b int generated always as (now()) stored);
create table a (a int not null no inherit generated always as identity, b nope);
create table a (a int generated always as identity not null no inherit, b nope);
create table a (a int not null no inherit primary key, b nope);
create table a (a int primary key not null no inherit, b nope);
create table a (a serial null not null no inherit, b nope);
create table a (a int);
alter table a add b serial not null no inherit;
alter table a add b int primary key not null no inherit;
alter table a add b int not null no inherit generated always as identity;
create table g (a int, b int generated always as (a + 1) virtual);
alter table g alter b type text[];
alter table g alter b type point;
alter table g alter b type bigint;
alter table g alter b type point using 1;

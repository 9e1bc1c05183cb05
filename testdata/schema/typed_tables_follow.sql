-- Tables of a composite type follow it.

create type ty as (a int, b text);
create table o1 of ty;
create table o2 of ty (a with options primary key, b not null default 'y', check (a > 0));
alter type ty add attribute c int cascade;
alter table o1 not of;
alter table o1 add x int;
alter table o2 add x int;
alter table o2 drop column a;
alter table o2 rename a to z;
alter table o2 alter a type bigint;
alter table o1 drop x;
alter table o1 of ty;

-- System columns are no columns of views and composite types.
create view v as select 1 as a;
create type ct as (a int);
alter view v rename column ctid to b;
alter type ct rename attribute ctid to b;
create table t (a int, b text) ;
alter table t rename ctid to b;
create materialized view m as select 1 as a;
alter materialized view m rename ctid to b;

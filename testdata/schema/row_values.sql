-- Rows become values of composite types, with a value for each column.
create type pair as (x int, y text);
create table t1 (a pair, b int, c text);
create table t2 (b int, c text, a pair generated always as (row(b, c)) stored, unique (nope));
create table t2 (b int, c text, a pair generated always as (row(b, c)) stored);
create table t3 (b int, c text, a pair generated always as (row(b)) stored);
create table t3 (b int, c text, a pair default row(1, 'x', 2));
create table t3 (b int, c text, a pair default row(1, 2));
create table t3 (b int, c text, a pair default row('x', '2'));
create table t4 (b int, c text, a pair default row(now(), '2'));
create table t5 (b int, c text, a pair default (null, null));
create view v as select row(1, 2)::pair as a;
create view v2 as select row(1, now())::pair as a;
create view v3 as select row(1, now(), 3)::pair as a;
create view v4 as select row(t1.*)::pair as a from t1;
create view v5 as select row(t5.*)::t5 as a from t5;
insert into t1 (a) select row(1);
insert into t1 (a) values (row(1));

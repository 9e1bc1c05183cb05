-- Literals that become arrays; names of attributes before their types.
create table t(a int, b text);
create policy p on t using (a = all ('{1}'));
create policy p2 on t using (b = any ('{a}'));
create view v as select * from t where a = any ('{1,2}') and b <> all ('{x}');
create policy p3 on t using (a = '{1}');
create type c as (a nowhere.t, a int);
create type c as (a nope, a int);
create type c as (a nope);
create table u(a int check (a = any ('{1,2}')));

-- Generated names are cut between characters.

create table "äääääääääääääääääääääääääääääääääääääääääää" ("ßßßßßßßßßßßßßßßßßßßßßßßßßßßßßß" int primary key, b int unique, c int check (c > 0), "ü" int references "äääääääääääääääääääääääääääääääääääääääääää", exclude using gist (int4range(b, c) with &&));
create index on "äääääääääääääääääääääääääääääääääääääääääää" ("ßßßßßßßßßßßßßßßßßßßßßßßßßßßßßß", b);
create table t (a int check (a > 0) check (a < 5), b int, check (a > b), check (b > a), unique (a, b), unique (b, a), unique(a), exclude (b with =));
create index on t (a);
create index on t (a);
create index on t (a) include (b);
create index on t (lower(a::text), (a + b), (b + a), a);
create index on t ((a||''));
create table t_a_key1 ();
alter table t add unique (a) deferrable;
alter table t add unique (a);
alter table t add unique (a);
create table t2 (a int unique, b int, unique (a), constraint foo unique (a));
create table t3 (a int primary key, unique (a), constraint foo unique (a));

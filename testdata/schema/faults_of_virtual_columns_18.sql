-- versions: 18
-- Virtual columns in indexes and keys, and of users' types.
create type inner_kind as enum ('a');
create type outer_kind as (s inner_kind, n int);
create type plain as (n int);
create table t (a int, b outer_kind generated always as (null) virtual);
create table t (a int, b plain generated always as (null) virtual);
create table t (a int, b plain[] generated always as (null));
create table u (a int, c int generated always as (a + 1), k inner_kind);
create index on u using gin (c);
create index on u (c);
alter table u add primary key (c);
alter table u add unique (c);
alter table u add unique (k, c);
alter table u add exclude (c with =);
alter table u add exclude using gist (c with =);
create table u2 (a int, c int generated always as (a + 1), primary key (c), check (nope));
create table u2 (a int, c point generated always as (null), unique (c));
create table u2 (a int, c int not null no inherit, primary key (c));
create table u2 (a int, c int not null no inherit primary key);
create table u2 (a int, c int primary key not null no inherit);
create unique index on u (c);
create index on u (a) include (c);

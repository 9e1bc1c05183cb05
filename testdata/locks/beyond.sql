-- case: foreign table, ADD COLUMN
-- setup
create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table ft (a int) server s;
-- statement
alter foreign table ft add column b int default 1;

-- case: foreign table, DROP
-- setup
create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table ft (a int) server s;
-- statement
drop foreign table ft;

-- case: primary key WITHOUT OVERLAPS
-- versions: 18
-- setup
create extension btree_gist;
create table tp (id int not null, vr int4range not null);
-- statement
alter table tp add constraint tpk primary key (id, vr without overlaps);

-- case: primary key WITHOUT OVERLAPS on nullable columns
-- versions: 18
-- setup
create extension btree_gist;
create table tp (id int, vr int4range);
-- statement
alter table tp add primary key (id, vr without overlaps);

-- case: foreign key with PERIOD
-- versions: 18
-- setup
create extension btree_gist;
create table tp (id int, vr int4range, primary key (id, vr without overlaps));
create table tc (id int, vr int4range);
-- statement
alter table tc add constraint tcf foreign key (id, period vr) references tp (id, period vr);

-- case: DROP EXTENSION CASCADE takes columns
-- setup
create extension citext;
create table c1 (a citext, b int);
create table c2 (b int);
create index c1_a on c1 (a);
-- statement
drop extension citext cascade;

-- case: DROP EXTENSION that a column needs
-- setup
create extension citext;
create table c1 (a citext, b int);
-- statement
drop extension citext;

-- case: several types at once, one of them free
-- statement
alter table t alter column c type varchar(20), alter column a type bigint;

-- case: type change and SET NOT NULL at once
-- statement
alter table t alter column a type bigint, alter column a set not null;

-- case: type of a column with two indexes and a CHECK
-- setup
create index t_1 on t (c);
create index t_2 on t (id, c);
create index t_3 on t (id) where c <> '';
alter table t add constraint ck check (c <> 'x');
-- statement
alter table t alter column c type varchar(20);

-- case: type of a key that two tables reference
-- setup
create table a1 (x int references r);
create table a2 (x int references r);
-- statement
alter table r alter column id type bigint;

-- case: type of both sides of a foreign key's tree
-- setup
create table p (id int, k int references r) partition by range (id);
create table p1 partition of p for values from (0) to (10) partition by range (id);
create table p11 partition of p1 for values from (0) to (5);
-- statement
alter table p alter column k type bigint;

-- case: ADD COLUMN serial on partitions two deep
-- setup
create table p (id int) partition by range (id);
create table p1 partition of p for values from (0) to (10) partition by range (id);
create table p11 partition of p1 for values from (0) to (5);
create index on p (id);
-- statement
alter table p add column s serial;

-- case: foreign key to partitions two deep
-- setup
create table p (id int primary key) partition by range (id);
create table p1 partition of p for values from (0) to (10) partition by range (id);
create table p11 partition of p1 for values from (0) to (5);
create table pr (x int);
-- statement
alter table pr add foreign key (x) references p;

-- case: ATTACH PARTITION of a tree whose CHECK proves it
-- setup
create table p (id int not null) partition by range (id);
create table q (id int not null, check (id >= 10 and id < 20)) partition by range (id);
create table q1 partition of q for values from (10) to (15);
-- statement
alter table p attach partition q for values from (10) to (20);

-- case: ATTACH PARTITION by list, values in the CHECK
-- setup
create table p (s text not null) partition by list (s);
create table q (s text not null, check (s in ('a', 'b')));
-- statement
alter table p attach partition q for values in ('a', 'b', 'c');

-- case: ATTACH PARTITION by list, more values in the CHECK
-- setup
create table p (s text not null) partition by list (s);
create table q (s text not null, check (s in ('a', 'b', 'd')));
-- statement
alter table p attach partition q for values in ('a', 'b', 'c');

-- case: ATTACH PARTITION, dates in the CHECK
-- setup
create table p (d date not null) partition by range (d);
create table q (d date not null, check (d >= '2024-01-01' and d < '2024-02-01'));
-- statement
alter table p attach partition q for values from ('2024-01-01') to ('2024-02-01');

-- case: ATTACH PARTITION, BETWEEN in the CHECK
-- setup
create table p (id int not null) partition by range (id);
create table q (id int not null, check (id between 1 and 9));
-- statement
alter table p attach partition q for values from (1) to (10);

-- case: ATTACH PARTITION DEFAULT
-- setup
create table p (id int not null) partition by range (id);
create table p1 partition of p for values from (0) to (10);
create table q (id int not null);
-- statement
alter table p attach partition q default;

-- case: INSERT draws from sequences and looks up keys
-- setup
create table n (id serial, i int generated always as identity, rid int references r);
-- statement
insert into n (rid) values (1);

-- case: DELETE looks up and follows keys
-- setup
create table a1 (x int primary key references r on delete cascade);
create table a2 (x int references a1);
create table a3 (x int references r on delete set null);
insert into a1 values (1);
insert into a3 values (1);
-- statement
delete from r where id = 1;

-- case: UPDATE of what is referenced
-- setup
create table a1 (x int references r on update cascade);
insert into a1 values (1);
-- statement
update r set id = 1000 where id = 1;

-- case: WITH that hides a table
-- statement
with t as (select 1 as id) select * from t, r where r.id = t.id;

-- case: FOR UPDATE OF one of two
-- statement
select * from t join r on r.id = t.rid for update of t;

-- case: DELETE pruned to one partition
-- setup
create table p (id int not null, k int) partition by list (k);
create table p1 partition of p for values in (1, 2);
create table p2 partition of p for values in (3);
create table pd partition of p default;
-- statement
delete from p where k = 2 and id > 5;

-- case: SET LOGGED with an identity column
-- setup
create unlogged table ul (id int generated always as identity primary key);
-- statement
alter table ul set logged;

-- case: SET UNLOGGED with a serial column
-- setup
create table lo (id serial primary key);
-- statement
alter table lo set unlogged;

-- case: temporary table, ADD COLUMN
-- setup
create schema w;
-- before
create temporary table tmp (a int) on commit drop;
-- statement
create table n9 (x int references r);

-- case: DROP COLUMN
-- statement
alter table t drop column a;

-- case: DROP COLUMN (indexed)
-- setup
create index t_a on t(a);
-- statement
alter table t drop column a;

-- case: DROP CONSTRAINT check
-- setup
alter table t add constraint ck check (a>0);
-- statement
alter table t drop constraint ck;

-- case: DROP CONSTRAINT fk
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
alter table t drop constraint fk;

-- case: DROP CONSTRAINT pk
-- statement
alter table t drop constraint t_pkey;

-- case: DROP CONSTRAINT unique
-- setup
alter table t add constraint u unique(a);
-- statement
alter table t drop constraint u;

-- case: DROP TABLE
-- statement
drop table t;

-- case: DROP TABLE with FK to r
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
drop table t;

-- case: DROP TABLE referenced CASCADE
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
drop table r cascade;

-- case: DROP VIEW
-- setup
create view vw as select * from t;
-- statement
drop view vw;

-- case: DROP MATERIALIZED VIEW
-- setup
create materialized view mv as select * from t;
-- statement
drop materialized view mv;

-- case: DROP SEQUENCE
-- setup
create sequence sq;
-- statement
drop sequence sq;

-- case: DROP INDEX
-- setup
create index t_a on t(a);
-- statement
drop index t_a;

-- case: DROP TRIGGER
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger trg before insert on t for each row execute function tf();
-- statement
drop trigger trg on t;

-- case: DROP POLICY
-- setup
create policy po on t using (true);
-- statement
drop policy po on t;

-- case: DROP RULE
-- setup
create rule ru as on insert to t do also nothing;
-- statement
drop rule ru on t;

-- case: DROP TYPE (enum unused)
-- setup
create type en as enum('a');
-- statement
drop type en;

-- case: DROP STATISTICS
-- setup
create statistics st on a,b from t;
-- statement
drop statistics st;

-- case: SET NOT NULL w/ valid CHECK and DROP CHECK same ALTER
-- setup
alter table t add constraint ck check (a is not null);
-- statement
alter table t alter column a set not null, drop constraint ck;

-- case: TRUNCATE
-- statement
truncate t;

-- case: TRUNCATE CASCADE (FK)
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
truncate r cascade;

-- case: TRUNCATE RESTART IDENTITY
-- setup
alter table t alter column nn add generated always as identity;
-- statement
truncate t restart identity;

-- case: ALTER DOMAIN DROP CONSTRAINT
-- setup
create domain dm as int;
create table dt(x dm);
insert into dt values(1);
create table dt2(y dm);
alter domain dm add constraint ck check (value>0);
-- statement
alter domain dm drop constraint ck;

-- case: DROP COLUMN used by view
-- setup
create view vw as select a from t;
-- statement
alter table t drop column a;

-- case: DROP COLUMN used by multi-col index
-- setup
create index ti on t(i4,a);
-- statement
alter table t drop column a;

-- case: DROP COLUMN used in CHECK with other col
-- setup
alter table t add constraint ck check (a>=0 and i4>=0);
-- statement
alter table t drop column a;

-- case: DROP COLUMN with FK (column drops FK)
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
alter table t drop column rid;

-- case: DROP FUNCTION CASCADE (trigger fn)
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger trg before insert on t for each row execute function tf();
-- statement
drop function tf() cascade;

-- case: DROP TYPE CASCADE (column)
-- setup
create type en as enum('a');
create table et(x en, y int);
-- statement
drop type en cascade;

-- case: DROP SEQUENCE CASCADE (default)
-- setup
create sequence sq;
alter table t alter column a set default nextval('v.sq');
-- statement
drop sequence sq cascade;

-- case: DROP SCHEMA CASCADE
-- setup
drop schema if exists s2 cascade;
create schema s2;
create table s2.tt(a int references v.r(id));
-- statement
drop schema s2 cascade;

-- case: DROP TABLE IF EXISTS missing
-- statement
drop table if exists nope;

-- case: DROP COLUMN used by string-body function
-- setup
create function v.f() returns int language sql as 'select a from v.t limit 1';
-- statement
alter table t drop column a;

-- case: DROP COLUMN used by BEGIN ATOMIC function
-- versions: 14-18
-- setup
create function v.f() returns int language sql begin atomic select a from v.t limit 1; end;
-- statement
alter table t drop column a;

-- case: DROP FUNCTION used by index
-- setup
create function v.f(int) returns int language sql immutable as 'select $1';
create index ti on t(v.f(a));
-- statement
drop function v.f(int);

-- case: DROP FUNCTION used by column default
-- setup
create function v.f() returns int language sql as 'select 1';
alter table t alter column a set default v.f();
-- statement
drop function v.f();

-- case: DROP COLUMN referenced by FK elsewhere
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
alter table r drop column id;

-- case: DROP CONSTRAINT pk referenced by FK
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
alter table r drop constraint r_pkey;

-- case: DROP INDEX backing constraint
-- setup
alter table t add constraint u unique(a);
-- statement
drop index u;

-- case: DROP TABLE referenced by FK (no CASCADE)
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
drop table r;

-- case: TRUNCATE referenced by FK (no CASCADE)
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
truncate r;

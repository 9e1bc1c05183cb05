-- case: RENAME COLUMN
-- statement
alter table t rename column a to a2;

-- case: RENAME TABLE
-- statement
alter table t rename to t9;

-- case: SET SCHEMA
-- statement
alter table t set schema public;

-- case: RENAME SCHEMA
-- statement
alter schema v rename to vv;
alter schema vv rename to v;

-- case: OWNER TO
-- statement
alter table t owner to postgres;

-- case: SET LOGGED (unlogged table)
-- setup
create unlogged table ul(a int primary key);
insert into ul values(1);
-- statement
alter table ul set logged;

-- case: SET UNLOGGED
-- statement
alter table t set unlogged;

-- case: SET LOGGED (already logged)
-- statement
alter table t set logged;

-- case: SET ACCESS METHOD heap (same)
-- versions: 15-18
-- statement
alter table t set access method heap;

-- case: SET ACCESS METHOD other
-- versions: 15-18
-- setup
drop access method if exists heap2;
create access method heap2 type table handler heap_tableam_handler;
-- statement
alter table t set access method heap2;

-- case: SET (fillfactor)
-- statement
alter table t set (fillfactor=70);

-- case: SET (autovacuum_enabled)
-- statement
alter table t set (autovacuum_enabled=false);

-- case: SET (autovacuum_vacuum_scale_factor)
-- statement
alter table t set (autovacuum_vacuum_scale_factor=0.01);

-- case: SET (toast_tuple_target)
-- statement
alter table t set (toast_tuple_target=512);

-- case: SET (parallel_workers)
-- statement
alter table t set (parallel_workers=2);

-- case: SET (user_catalog_table)
-- statement
alter table t set (user_catalog_table=true);

-- case: RESET (fillfactor)
-- statement
alter table t reset (fillfactor);

-- case: SET (vacuum_truncate)
-- statement
alter table t set (vacuum_truncate=false);

-- case: SET (log_autovacuum_min_duration)
-- statement
alter table t set (log_autovacuum_min_duration=0);

-- case: SET (toast.autovacuum_enabled)
-- statement
alter table t set (toast.autovacuum_enabled=false);

-- case: SET WITHOUT OIDS
-- statement
alter table t set without oids;

-- case: SET TABLESPACE
-- statement
alter table t set tablespace ts1;

-- case: SET TABLESPACE same
-- statement
alter table t set tablespace pg_default;

-- case: REPLICA IDENTITY FULL
-- statement
alter table t replica identity full;

-- case: INHERIT
-- setup
create table par(id int);
create table chi(id int);
insert into chi values(1);
-- statement
alter table chi inherit par;

-- case: NO INHERIT
-- setup
create table par(id int);
create table chi() inherits(par);
-- statement
alter table chi no inherit par;

-- case: OF type
-- setup
create type ct as (a int);
create table tt(a int);
-- statement
alter table tt of ct;

-- case: NOT OF
-- setup
create type ct as (a int);
create table tt of ct;
-- statement
alter table tt not of;

-- case: ALTER PUBLICATION ADD TABLE
-- setup
drop publication if exists pubx;
create publication pubx;
-- statement
alter publication pubx add table t;

-- case: RENAME COLUMN inheritance parent
-- setup
create table par(id int);
create table chi() inherits(par);
-- statement
alter table par rename column id to id2;

-- case: ALTER TABLE ALL IN TABLESPACE
-- statement
alter table all in tablespace pg_default set tablespace ts1 nowait;

-- case: ALTER TABLE SET (fillfactor) + parallel_workers combined with AE opt
-- statement
alter table t set (fillfactor=50, user_catalog_table=false);

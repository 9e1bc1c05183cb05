-- case: CONC: CREATE INDEX CONCURRENTLY (holder: write tx on t)
-- outside transaction
-- holder: update t set a=a where id=1;
-- statement
create index concurrently ti on t(a);

-- case: CONC: CREATE INDEX CONCURRENTLY in tx block
-- statement
create index concurrently ti on t(a);

-- case: CONC: DROP INDEX CONCURRENTLY (holder: write tx on t)
-- outside transaction
-- holder: update t set a=a where id=1;
-- setup
create index ti on t(a);
-- statement
drop index concurrently ti;

-- case: CONC: REINDEX INDEX CONCURRENTLY (holder: write tx on t)
-- outside transaction
-- holder: update t set a=a where id=1;
-- setup
create index ti on t(a);
-- statement
reindex index concurrently ti;

-- case: CONC: REINDEX TABLE CONCURRENTLY (holder: write tx on t)
-- outside transaction
-- holder: update t set a=a where id=1;
-- setup
create index ti on t(a);
-- statement
reindex table concurrently t;

-- case: CONC: REINDEX TABLE partitioned CONCURRENTLY
-- versions: 14-18
-- outside transaction
-- holder: lock table p1 in row exclusive mode;
-- holder: alter index p1_id_idx set (fillfactor = 80);
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create index pi on p(id);
-- statement
reindex table concurrently p;

-- case: CONC: REINDEX TABLE partitioned CONCURRENTLY
-- versions: 13
-- outside transaction
-- holder: lock table only p in share update exclusive mode;
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create index pi on p(id);
-- statement
reindex table concurrently p;

-- case: CONC: CREATE INDEX CONCURRENTLY on partitioned
-- outside transaction
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
create index concurrently pi on p(id);

-- case: CONC: DROP INDEX CONCURRENTLY on partitioned index
-- outside transaction
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create index pi on p(id);
-- statement
drop index concurrently pi;

-- case: CONC: VACUUM FULL (holder: read t)
-- outside transaction
-- holder: alter index t_pkey set (fillfactor = 80);
-- statement
vacuum full t;

-- case: CONC: VACUUM (holder: SUE lock)
-- outside transaction
-- holder: lock table t in share update exclusive mode;
-- statement
vacuum t;

-- case: CONC: VACUUM in tx block
-- statement
vacuum t;

-- case: CONC: ANALYZE (holder: SUE lock)
-- outside transaction
-- holder: lock table t in share update exclusive mode;
-- statement
analyze t;

-- case: CONC: CLUSTER (holder: read)
-- outside transaction
-- holder: alter index t_pkey set (fillfactor = 80);
-- statement
cluster t using t_pkey;

-- case: CONC: DETACH PARTITION CONCURRENTLY phase 1 (holder: reads parent)
-- versions: 14-18
-- outside transaction
-- holder: lock table p1 in access share mode;
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
alter table p detach partition p1 concurrently;

-- case: CONC: DETACH PARTITION CONCURRENTLY phase 2 (holder: reads p1 only)
-- versions: 14-18
-- outside transaction
-- holder: select count(*) from p1;
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
alter table p detach partition p1 concurrently;

-- case: CONC: DETACH PARTITION CONCURRENTLY in tx
-- versions: 14-18
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
alter table p detach partition p1 concurrently;

-- case: CONC: DETACH CONCURRENTLY with default partition
-- versions: 14-18
-- outside transaction
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table pd partition of p default;
-- statement
alter table p detach partition p1 concurrently;

-- case: CONC: REFRESH MATVIEW CONCURRENTLY in tx block
-- setup
create materialized view mv as select id,a from t;
create unique index on mv(id);
-- statement
refresh materialized view concurrently mv;

-- case: CONC: REFRESH MATVIEW CONCURRENTLY no unique index
-- outside transaction
-- setup
create materialized view mv as select id,a from t;
-- statement
refresh materialized view concurrently mv;

-- case: CONC: ALTER TYPE ADD VALUE in tx block
-- setup
create type en as enum('a');
-- statement
alter type en add value 'q';

-- case: CONC: CREATE DATABASE in tx
-- statement
create database zz;

-- case: CONC: DROP DATABASE in tx
-- statement
drop database zz;

-- case: CONC: CREATE TABLESPACE in tx
-- statement
create tablespace zz location 'zz';

-- case: CONC: ALTER SYSTEM in tx
-- statement
alter system set work_mem='4MB';

-- case: CONC: REINDEX SCHEMA in tx
-- statement
reindex schema v;

-- case: CONC: REINDEX DATABASE in tx
-- statement
reindex database postgres;

-- case: CONC: REINDEX TABLE partitioned in tx
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create index pi on p(id);
-- statement
reindex table p;

-- case: CONC: CLUSTER (all) in tx
-- statement
cluster;

-- case: CONC: DROP INDEX CONCURRENTLY in tx
-- setup
create index ti on t(a);
-- statement
drop index concurrently ti;

-- case: CONC: REINDEX CONCURRENTLY in tx
-- setup
create index ti on t(a);
-- statement
reindex index concurrently ti;

-- case: CONC: CREATE SUBSCRIPTION in tx (slot)
-- statement
create subscription s connection 'host=127.0.0.1' publication p;

-- case: CONC: DROP INDEX CONCURRENTLY two indexes
-- outside transaction
-- setup
create index ti on t(a);
create index ti2 on t(b);
-- statement
drop index concurrently ti, ti2;

-- case: CONC: DROP INDEX CONCURRENTLY CASCADE
-- outside transaction
-- setup
create index ti on t(a);
-- statement
drop index concurrently ti cascade;

-- case: CONC: DROP INDEX CONCURRENTLY backing a constraint
-- outside transaction
-- setup
alter table t add constraint u unique(a);
-- statement
drop index concurrently u;

-- case: CONC: multi-statement simple query (implicit tx) with CIC
-- one query
-- statement
create index concurrently ti on t(a);

-- case: CONC: CLUSTER partitioned in tx
-- versions: 15-18
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create index pi on p(id);
-- statement
cluster p using pi;

-- case: CONC: ALTER DATABASE SET TABLESPACE in tx
-- statement
alter database template1 set tablespace ts1;

-- case: CONC: DROP TABLESPACE in tx
-- statement
drop tablespace ts1;

-- case: CONC: DISCARD ALL in tx
-- statement
discard all;

-- case: CONC: REINDEX SYSTEM in tx
-- statement
reindex system postgres;

-- case: CONC: CREATE INDEX CONCURRENTLY inside DO
-- outside transaction
-- statement
do $$ begin create index concurrently ti on t(a); end $$;

-- case: CONC: CREATE INDEX CONCURRENTLY inside DO EXECUTE
-- outside transaction
-- statement
do $$ begin execute 'create index concurrently ti on t(a)'; end $$;

-- case: CONC: COMMIT inside DO
-- outside transaction
-- statement
do $$ begin update t set a=1; commit; end $$;

-- case: CONC: COMMIT inside DO in tx
-- statement
do $$ begin update t set a=1; commit; end $$;

-- case: CONC: nested BEGIN
-- statement
begin;

-- case: CONC: COMMIT w/o BEGIN
-- outside transaction
-- statement
commit;

-- case: CONC: SET LOCAL outside tx
-- outside transaction
-- statement
set local lock_timeout='1s';

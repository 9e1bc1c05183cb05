-- case: RENAME INDEX
-- setup
create index t_a on t(a);
-- statement
alter index t_a rename to t_b;

-- case: SET (vacuum_index_cleanup)
-- statement
alter table t set (vacuum_index_cleanup=off);

-- case: ALTER INDEX SET (fillfactor)
-- statement
alter index t_pkey set (fillfactor=70);

-- case: ALTER INDEX SET (deduplicate_items)
-- statement
alter index t_pkey set (deduplicate_items=off);

-- case: ALTER INDEX GIN SET (fastupdate)
-- setup
create table gt(x int[]);
create index g on gt using gin(x);
-- statement
alter index g set (fastupdate=off);

-- case: ALTER INDEX GIN SET (gin_pending_list_limit)
-- setup
create table gt(x int[]);
create index g on gt using gin(x);
-- statement
alter index g set (gin_pending_list_limit=128);

-- case: ALTER INDEX BRIN SET (pages_per_range)
-- setup
create index g on t using brin(a);
-- statement
alter index g set (pages_per_range=4);

-- case: ALTER INDEX BRIN SET (autosummarize)
-- setup
create index g on t using brin(a);
-- statement
alter index g set (autosummarize=on);

-- case: ALTER INDEX ALTER COLUMN SET STATISTICS
-- setup
create index g on t(lower(b));
-- statement
alter index g alter column 1 set statistics 100;

-- case: CLUSTER ON
-- statement
alter table t cluster on t_pkey;

-- case: SET WITHOUT CLUSTER
-- statement
alter table t set without cluster;

-- case: ALTER INDEX SET TABLESPACE
-- statement
alter index t_pkey set tablespace ts1;

-- case: REPLICA IDENTITY USING INDEX
-- statement
alter table t replica identity using index t_pkey;

-- case: CREATE INDEX
-- statement
create index ti on t(a);

-- case: CREATE UNIQUE INDEX
-- statement
create unique index ti on t(a);

-- case: CREATE INDEX IF NOT EXISTS (exists)
-- setup
create index ti on t(a);
-- statement
create index if not exists ti on t(a);

-- case: CREATE INDEX on matview
-- setup
create materialized view mv as select * from t;
-- statement
create index mi on mv(a);

-- case: REINDEX TABLE
-- setup
create index ti on t(a);
-- statement
reindex table t;

-- case: REINDEX INDEX
-- setup
create index ti on t(a);
-- statement
reindex index ti;

-- case: CLUSTER
-- statement
cluster t using t_pkey;

-- case: COMMENT ON INDEX
-- statement
comment on index t_pkey is 'x';

-- case: CREATE INDEX non-immutable expression
-- statement
create index ti on t(to_char(tz,'YYYY'));

-- case: CREATE INDEX predicate now()
-- statement
create index ti on t(a) where tz>now();

-- case: CREATE INDEX date(timestamptz)
-- statement
create index ti on t((tz::date));

-- case: CREATE INDEX IF NOT EXISTS without name (syntax)
-- statement
create index if not exists on t(a);

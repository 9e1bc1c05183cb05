-- case: ADD COLUMN on partitioned parent
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p add column z int default 1;

-- case: DROP TABLE partition
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
-- statement
drop table p1;

-- case: ALTER TYPE on partitioned parent
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
insert into p select g,g from generate_series(0,99) g;
-- statement
alter table p alter column id type bigint;

-- case: SET NOT NULL on partitioned parent w/ CHECK on parent
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
insert into p select g,g from generate_series(0,99) g;
alter table p add constraint ck check (id is not null);
-- statement
alter table p alter column id set not null;

-- case: ADD FK on partitioned table
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select 1+g%50,g from generate_series(0,199) g;
-- statement
alter table p add constraint fk foreign key (id) references r(id);

-- case: ADD FK NOT VALID on partitioned table
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
alter table p add constraint fk foreign key (id) references r(id) not valid;

-- case: ADD FK referencing partitioned table
-- setup
create table p(k int primary key) partition by range(k);
create table p1 partition of p for values from (0) to (100000);
-- statement
alter table t add constraint fk foreign key (nn) references p(k) not valid;

-- case: CREATE INDEX on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
-- statement
create index pi on p(id);

-- case: CREATE INDEX ON ONLY partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
create index pi on only p(id);

-- case: ALTER INDEX ATTACH PARTITION
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create index pi on only p(id);
create index p1i on p1(id);
-- statement
alter index pi attach partition p1i;

-- case: CREATE TABLE PARTITION OF
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
create table p9 partition of p for values from (500) to (600);

-- case: CREATE TABLE PARTITION OF (default partition exists)
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table pd partition of p default;
insert into pd values(1,1000);
-- statement
create table p9 partition of p for values from (500) to (600);

-- case: ATTACH PARTITION
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
-- statement
alter table p attach partition x1 for values from (500) to (600);

-- case: ATTACH PARTITION with valid CHECK
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
alter table x1 add constraint ck check (k is not null and k>=500 and k<600);
-- statement
alter table p attach partition x1 for values from (500) to (600);

-- case: ATTACH PARTITION with CHECK lacking NOT NULL
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
alter table x1 add constraint ck check (k>=500 and k<600);
-- statement
alter table p attach partition x1 for values from (500) to (600);

-- case: ATTACH PARTITION with NOT VALID CHECK
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
alter table x1 add constraint ck check (k is not null and k>=500 and k<600) not valid;
-- statement
alter table p attach partition x1 for values from (500) to (600);

-- case: ATTACH PARTITION w/ DEFAULT partition
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
create table pd partition of p default;
insert into pd values(1,1000);
-- statement
alter table p attach partition x1 for values from (500) to (600);

-- case: ATTACH PARTITION w/ DEFAULT partition that has excluding CHECK
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
create table pd partition of p default;
insert into pd values(1,1000);
alter table pd add constraint ck check (not (k is not null and k>=500 and k<600));
-- statement
alter table p attach partition x1 for values from (500) to (600);

-- case: ATTACH PARTITION parent has index
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
create index pi on p(id);
-- statement
alter table p attach partition x1 for values from (500) to (600);

-- case: ATTACH PARTITION parent has FK
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
update x1 set id=1;
alter table p add constraint fk foreign key (id) references r(id);
-- statement
alter table p attach partition x1 for values from (500) to (600);

-- case: ATTACH PARTITION (parent referenced by FK)
-- setup
create table q(k int primary key) partition by range(k);
create table q1 partition of q for values from (0) to (100);
create table qr(k int references q(k));
create table x2(k int primary key);
-- statement
alter table q attach partition x2 for values from (500) to (600);

-- case: DETACH PARTITION
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
-- statement
alter table p detach partition p1;

-- case: DETACH PARTITION parent has FK
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
alter table p add constraint fk foreign key (id) references r(id);
-- statement
alter table p detach partition p1;

-- case: DETACH PARTITION w/ DEFAULT
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table x1(id int, k int);
insert into x1 select g,500+g%100 from generate_series(1,100) g;
create table pd partition of p default;
-- statement
alter table p detach partition p1;

-- case: ALTER TYPE partition key column
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
alter table p alter column k type bigint;

-- case: DROP COLUMN partition key
-- setup
create table p(id int, k int) partition by range(k);
-- statement
alter table p drop column k;

-- case: RENAME COLUMN partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
alter table p rename column id to id2;

-- case: ADD PRIMARY KEY on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
insert into p select g,g from generate_series(0,99) g;
-- statement
alter table p add primary key (k);

-- case: ADD UNIQUE ON ONLY partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
alter table only p add constraint u unique (k);

-- case: ADD CHECK on partitioned parent
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
insert into p select g,g from generate_series(0,99) g;
-- statement
alter table p add constraint ck check (id>=0);

-- case: VALIDATE CHECK on partitioned parent
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
insert into p select g,g from generate_series(0,99) g;
alter table p add constraint ck check (id>=0) not valid;
-- statement
alter table p validate constraint ck;

-- case: CREATE INDEX on partition child directly
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
-- statement
create index pi on p1(id);

-- case: ADD FK referencing partitioned table (valid)
-- setup
create table p(k int primary key) partition by range(k);
create table p1 partition of p for values from (0) to (100000);
insert into p select g from generate_series(0,600) g;
-- statement
alter table t add constraint fk foreign key (nn) references p(k);

-- case: CREATE TRIGGER row-level on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
create function v.tf() returns trigger language plpgsql as 'begin return new; end';
-- statement
create trigger tr before insert on p for each row execute function v.tf();

-- case: CREATE TRIGGER statement-level on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
create function v.tf() returns trigger language plpgsql as 'begin return new; end';
-- statement
create trigger tr after insert on p for each statement execute function v.tf();

-- case: DROP TRIGGER row-level on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
create function v.tf() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before insert on p for each row execute function v.tf();
-- statement
drop trigger tr on p;

-- case: DISABLE TRIGGER on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
create function v.tf() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before insert on p for each row execute function v.tf();
-- statement
alter table p disable trigger tr;

-- case: ADD COLUMN volatile default on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p add column z float8 default random();

-- case: DROP COLUMN on partitioned parent
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p drop column id;

-- case: ADD COLUMN on partition child
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p1 add column z int;

-- case: ADD COLUMN ONLY partitioned parent
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table only p add column z int;

-- case: DROP CONSTRAINT fk on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
insert into r select g,g from generate_series(51,200) g;
insert into r values(0,0);
alter table p add constraint fk foreign key (id) references r(id);
-- statement
alter table p drop constraint fk;

-- case: CREATE UNIQUE INDEX on partitioned w/o partition key
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
create unique index ti on p(id);

-- case: ADD PRIMARY KEY on partitioned w/o partition key
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p add primary key(id);

-- case: CREATE UNIQUE INDEX expression on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
create unique index ti on p(k,(id+1));

-- case: EXCLUDE on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p add constraint ex exclude using btree (k with =);

-- case: SET STATISTICS on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p alter column id set statistics 500;

-- case: SET (autovacuum) on partitioned parent
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p set (autovacuum_enabled=false);

-- case: ENABLE RLS on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p enable row level security;

-- case: SET NOT NULL on partitioned parent
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p alter column id set not null;

-- case: SET DEFAULT on partitioned parent
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p alter column id set default 1;

-- case: OWNER TO on partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p owner to postgres;

-- case: RENAME TABLE partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p rename to p9;

-- case: SET SCHEMA partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
alter table p set schema public;

-- case: TRUNCATE partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
truncate p;

-- case: DROP TABLE partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
drop table p;

-- case: VACUUM (n/a) / LOCK TABLE partitioned
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
lock table p in share mode;

-- case: UPDATE partitioned pruned by const
-- setup
create table p(id int, k int) partition by range(k);
create table p1 partition of p for values from (0) to (100);
create table p2 partition of p for values from (100) to (200);
insert into p select g,g from generate_series(0,199) g;
-- statement
update p set id=1 where k=5;

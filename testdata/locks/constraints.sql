-- case: ADD CHECK
-- statement
alter table t add constraint ck check (a>0);

-- case: ADD CHECK NOT VALID
-- statement
alter table t add constraint ck check (a>0) not valid;

-- case: ADD CHECK NOT ENFORCED
-- versions: 18
-- statement
alter table t add constraint ck check (a>0) not enforced;

-- case: VALIDATE CHECK
-- setup
alter table t add constraint ck check (a>0) not valid;
-- statement
alter table t validate constraint ck;

-- case: ADD FK
-- statement
alter table t add constraint fk foreign key (rid) references r(id);

-- case: ADD FK NOT VALID
-- statement
alter table t add constraint fk foreign key (rid) references r(id) not valid;

-- case: ADD FK NOT ENFORCED
-- versions: 18
-- statement
alter table t add constraint fk foreign key (rid) references r(id) not enforced;

-- case: VALIDATE FK
-- setup
alter table t add constraint fk foreign key (rid) references r(id) not valid;
-- statement
alter table t validate constraint fk;

-- case: ADD FK self-referencing
-- statement
alter table t add constraint fk foreign key (rid) references t(id) not valid;

-- case: ADD UNIQUE
-- statement
alter table t add constraint u unique (a);

-- case: ADD UNIQUE USING INDEX
-- setup
create unique index ux on t(a);
-- statement
alter table t add constraint u unique using index ux;

-- case: ADD UNIQUE NULLS NOT DISTINCT
-- versions: 15-18
-- statement
alter table t add constraint u unique nulls not distinct (a);

-- case: ADD PRIMARY KEY (nullable col)
-- setup
create table np(id int, k int not null);
insert into np select g,g from generate_series(1,100) g;
-- statement
alter table np add primary key (id);

-- case: ADD PRIMARY KEY (NOT NULL col)
-- setup
create table np(id int, k int not null);
insert into np select g,g from generate_series(1,100) g;
-- statement
alter table np add primary key (k);

-- case: ADD PRIMARY KEY USING INDEX (nullable col)
-- setup
create table np(id int, k int not null);
insert into np select g,g from generate_series(1,100) g;
create unique index ux on np(id);
-- statement
alter table np add constraint pk primary key using index ux;

-- case: ADD PRIMARY KEY USING INDEX (NOT NULL col)
-- setup
create table np(id int, k int not null);
insert into np select g,g from generate_series(1,100) g;
create unique index ux on np(k);
-- statement
alter table np add constraint pk primary key using index ux;

-- case: ADD PRIMARY KEY USING INDEX (nullable + valid CHECK not null)
-- setup
create table np(id int, k int not null);
insert into np select g,g from generate_series(1,100) g;
create unique index ux on np(id);
alter table np add constraint ck check (id is not null);
-- statement
alter table np add constraint pk primary key using index ux;

-- case: ADD EXCLUDE
-- statement
alter table t add constraint ex exclude (a with =);

-- case: ADD NOT NULL constraint (PG18 table constraint)
-- versions: 18
-- statement
alter table t add constraint nnc not null a;

-- case: ADD NOT NULL NOT VALID
-- versions: 18
-- statement
alter table t add constraint nnc not null a not valid;

-- case: VALIDATE NOT NULL constraint
-- versions: 18
-- setup
alter table t add constraint nnc not null a not valid;
-- statement
alter table t validate constraint nnc;

-- case: ADD PRIMARY KEY USING INDEX with NOT VALID not-null
-- versions: 18
-- setup
create table np(id int, k int not null);
insert into np select g,g from generate_series(1,100) g;
create unique index ux on np(id);
alter table np add constraint nnc not null id not valid;
-- statement
alter table np add constraint pk primary key using index ux;

-- case: ALTER CONSTRAINT FK DEFERRABLE
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
alter table t alter constraint fk deferrable initially deferred;

-- case: ALTER CONSTRAINT FK ENFORCED
-- versions: 18
-- setup
alter table t add constraint fk foreign key (rid) references r(id) not enforced;
-- statement
alter table t alter constraint fk enforced;

-- case: ALTER CONSTRAINT FK NOT ENFORCED
-- versions: 18
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
alter table t alter constraint fk not enforced;

-- case: ALTER CONSTRAINT not null NO INHERIT
-- versions: 18
-- setup
alter table t add constraint nnc not null a;
-- statement
alter table t alter constraint nnc no inherit;

-- case: RENAME CONSTRAINT
-- setup
alter table t add constraint ck check (a>0);
-- statement
alter table t rename constraint ck to ck2;

-- case: Combined: ADD FK NOT VALID + ADD CHECK NOT VALID
-- statement
alter table t add constraint fk foreign key (rid) references r(id) not valid, add constraint ck check (a>0) not valid;

-- case: Combined: VALIDATE + ADD COLUMN
-- setup
alter table t add constraint ck check (a>0) not valid;
-- statement
alter table t validate constraint ck, add column z int;

-- case: ALTER TABLE IF EXISTS missing
-- statement
alter table if exists zzz add column a int;

-- case: ADD UNIQUE USING partial INDEX
-- setup
create unique index ux on t(a) where a>0;
-- statement
alter table t add constraint u unique using index ux;

-- case: ADD UNIQUE USING INDEX desc
-- setup
create unique index ux on t(a desc);
-- statement
alter table t add constraint u unique using index ux;

-- case: ADD UNIQUE USING non-unique INDEX
-- setup
create index ux on t(a);
-- statement
alter table t add constraint u unique using index ux;

-- case: ADD UNIQUE USING expression INDEX
-- setup
create unique index ux on t(lower(b));
-- statement
alter table t add constraint u unique using index ux;

-- case: ADD EXCLUDE NOT VALID (syntax)
-- statement
alter table t add constraint ex exclude (a with =) not valid;

-- case: ADD UNIQUE NOT VALID (syntax)
-- statement
alter table t add constraint u unique(a) not valid;

-- case: ADD CONSTRAINT CHECK NO INHERIT
-- statement
alter table t add constraint ck check (a>0) no inherit;

-- case: ADD FK self-referencing (valid)
-- statement
alter table t add constraint fk foreign key (a) references t(id);

-- case: same tx: ADD CHECK NOT VALID then VALIDATE
-- before
alter table t add constraint ck check (a>0) not valid;
-- statement
alter table t validate constraint ck;

-- case: same tx: ADD FK NOT VALID then VALIDATE
-- before
alter table t add constraint fk foreign key (rid) references r(id) not valid;
-- statement
alter table t validate constraint fk;

-- case: same ALTER: ADD CHECK NOT VALID, VALIDATE
-- statement
alter table t add constraint ck check (a>0) not valid, validate constraint ck;

-- case: ADD UNIQUE DEFERRABLE
-- statement
alter table t add constraint u unique(a) deferrable initially deferred;

-- case: ADD UNIQUE USING INDEX DEFERRABLE
-- setup
create unique index ux on t(a);
-- statement
alter table t add constraint u unique using index ux deferrable;

-- case: ADD FK to non-unique column
-- statement
alter table t add constraint fk foreign key (rid) references r(x);

-- case: ADD FK type mismatch int->bigint
-- statement
alter table t add constraint fk foreign key (bi) references r(id) not valid;

-- case: ADD FK type mismatch text->int
-- statement
alter table t add constraint fk foreign key (b) references r(id) not valid;

-- case: ADD PRIMARY KEY when exists
-- statement
alter table t add primary key(a);

-- case: ADD temporal PK WITHOUT OVERLAPS
-- versions: 18
-- setup
create table tp(vr int4range not null);
insert into tp select int4range(g,g+1) from generate_series(1,50) g;
-- statement
alter table tp add constraint tpk primary key (vr without overlaps);

-- case: ADD UNIQUE NULLS NOT DISTINCT USING INDEX
-- versions: 15-18
-- setup
create unique index ux on t(a) nulls not distinct;
-- statement
alter table t add constraint u unique using index ux;

-- case: CREATE UNIQUE INDEX CONCURRENTLY result used in ADD PK on varchar
-- setup
create unique index ux on t(a) include (b);
-- statement
alter table t add constraint u unique using index ux;

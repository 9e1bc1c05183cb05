-- case: ALTER TYPE int->bigint (indexed)
-- setup
create index ti on t(a);
-- statement
alter table t alter column a type bigint;

-- case: ALTER TYPE bigint->int (indexed)
-- setup
create index ti on t(bi);
-- statement
alter table t alter column bi type int;

-- case: ALTER TYPE int->int (same) (indexed)
-- setup
create index ti on t(a);
-- statement
alter table t alter column a type int;

-- case: ALTER TYPE int->smallint (indexed)
-- setup
create index ti on t(a);
-- statement
alter table t alter column a type smallint;

-- case: ALTER TYPE int->numeric (indexed)
-- setup
create index ti on t(a);
-- statement
alter table t alter column a type numeric;

-- case: ALTER TYPE int->text (indexed)
-- setup
create index ti on t(a);
-- statement
alter table t alter column a type text;

-- case: ALTER TYPE int->oid (indexed)
-- setup
create index ti on t(a);
-- statement
alter table t alter column a type oid;

-- case: ALTER TYPE varchar(10)->varchar(20) (indexed)
-- setup
create index ti on t(c);
-- statement
alter table t alter column c type varchar(20);

-- case: ALTER TYPE varchar(20)->varchar(10) (indexed)
-- setup
create index ti on t(d);
-- statement
alter table t alter column d type varchar(10);

-- case: ALTER TYPE varchar(10)->varchar (indexed)
-- setup
create index ti on t(c);
-- statement
alter table t alter column c type varchar;

-- case: ALTER TYPE varchar(10)->text (indexed)
-- setup
create index ti on t(c);
-- statement
alter table t alter column c type text;

-- case: ALTER TYPE text->varchar (indexed)
-- setup
create index ti on t(b);
-- statement
alter table t alter column b type varchar;

-- case: ALTER TYPE text->varchar(100) (indexed)
-- setup
create index ti on t(b);
-- statement
alter table t alter column b type varchar(100);

-- case: ALTER TYPE varchar(10)->char(10) (indexed)
-- setup
create index ti on t(c);
-- statement
alter table t alter column c type char(10);

-- case: ALTER TYPE char(10)->text (indexed)
-- setup
create index ti on t(ch);
-- statement
alter table t alter column ch type text;

-- case: ALTER TYPE char(10)->char(20) (indexed)
-- setup
create index ti on t(ch);
-- statement
alter table t alter column ch type char(20);

-- case: ALTER TYPE char(10)->varchar(10) (indexed)
-- setup
create index ti on t(ch);
-- statement
alter table t alter column ch type varchar(10);

-- case: ALTER TYPE numeric(10,2)->numeric(12,2) (indexed)
-- setup
create index ti on t(n);
-- statement
alter table t alter column n type numeric(12,2);

-- case: ALTER TYPE numeric(10,2)->numeric (indexed)
-- setup
create index ti on t(n);
-- statement
alter table t alter column n type numeric;

-- case: ALTER TYPE numeric(10,2)->numeric(12,4) (indexed)
-- setup
create index ti on t(n);
-- statement
alter table t alter column n type numeric(12,4);

-- case: ALTER TYPE numeric(10,2)->numeric(8,2) (indexed)
-- setup
create index ti on t(n);
-- statement
alter table t alter column n type numeric(8,2);

-- case: ALTER TYPE numeric(10,2)->numeric(10,3) (indexed)
-- setup
create index ti on t(n);
-- statement
alter table t alter column n type numeric(10,3);

-- case: ALTER TYPE timestamp->timestamptz (timezone UTC) (indexed)
-- setup
create index ti on t(ts);
-- before
set local timezone='UTC';
-- statement
alter table t alter column ts type timestamptz;

-- case: ALTER TYPE timestamp->timestamptz (timezone Europe/Oslo) (indexed)
-- setup
create index ti on t(ts);
-- before
set local timezone='Europe/Oslo';
-- statement
alter table t alter column ts type timestamptz;

-- case: ALTER TYPE timestamptz->timestamp (timezone UTC) (indexed)
-- setup
create index ti on t(tz);
-- before
set local timezone='UTC';
-- statement
alter table t alter column tz type timestamp;

-- case: ALTER TYPE timestamptz->timestamp (timezone Etc/GMT) (indexed)
-- setup
create index ti on t(tz);
-- before
set local timezone='Etc/GMT';
-- statement
alter table t alter column tz type timestamp;

-- case: ALTER TYPE timestamptz->timestamp (timezone America/New_York) (indexed)
-- setup
create index ti on t(tz);
-- before
set local timezone='America/New_York';
-- statement
alter table t alter column tz type timestamp;

-- case: ALTER TYPE timestamp->timestamptz USING ts AT TIME ZONE 'UTC' (timezone UTC) (indexed)
-- setup
create index ti on t(ts);
-- before
set local timezone='UTC';
-- statement
alter table t alter column ts type timestamptz using ts at time zone 'UTC';

-- case: ALTER TYPE timestamp(3)->timestamp(6)
-- setup
create table t2(x timestamp(3));
insert into t2 values(now());
-- statement
alter table t2 alter column x type timestamp(6);

-- case: ALTER TYPE timestamp(6)->timestamp(3)
-- setup
create table t2(x timestamp(6));
insert into t2 values(now());
-- statement
alter table t2 alter column x type timestamp(3);

-- case: ALTER TYPE timestamptz(3)->timestamptz
-- setup
create table t2(x timestamptz(3));
insert into t2 values(now());
-- statement
alter table t2 alter column x type timestamptz;

-- case: ALTER TYPE interval(3)->interval(6)
-- setup
create table t2(x interval(3));
insert into t2 values('1h');
-- statement
alter table t2 alter column x type interval(6);

-- case: ALTER TYPE time(3)->time
-- setup
create table t2(x time(3));
insert into t2 values('10:00');
-- statement
alter table t2 alter column x type time;

-- case: ALTER TYPE varbit(8)->varbit(16)
-- setup
create table t2(x bit varying(8));
insert into t2 values(B'101');
-- statement
alter table t2 alter column x type bit varying(16);

-- case: ALTER TYPE bit(8)->bit(16)
-- rows: bit string length 8 does not match type bit(16)
-- setup
create table t2(x bit(8));
insert into t2 values(B'10101010');
-- statement
alter table t2 alter column x type bit(16);

-- case: ALTER TYPE cidr->inet (indexed)
-- setup
create index ti on t(ci);
-- statement
alter table t alter column ci type inet;

-- case: ALTER TYPE inet->cidr (indexed)
-- setup
create index ti on t(ine);
-- statement
alter table t alter column ine type cidr;

-- case: ALTER TYPE json->jsonb
-- statement
alter table t alter column j type jsonb;

-- case: ALTER TYPE json->text
-- statement
alter table t alter column j type text;

-- case: ALTER TYPE jsonb->json
-- setup
create table t2(x jsonb);
insert into t2 values('{}');
-- statement
alter table t2 alter column x type json;

-- case: ALTER TYPE xml->text
-- setup
create table t2(x xml);
-- statement
alter table t2 alter column x type text;

-- case: ALTER TYPE text->xml USING
-- setup
create table t2(x text);
-- statement
alter table t2 alter column x type xml using x::xml;

-- case: ALTER TYPE enum->text
-- setup
create type en as enum('a','b');
create table t2(x en);
insert into t2 values('a');
-- statement
alter table t2 alter column x type text;

-- case: ALTER TYPE text->enum USING
-- setup
create type en as enum('a','b');
create table t2(x text);
insert into t2 values('a');
-- statement
alter table t2 alter column x type en using x::en;

-- case: ALTER TYPE text->unconstrained domain over text
-- setup
create domain dm as text;
create table t2(x text);
insert into t2 values('a');
-- statement
alter table t2 alter column x type dm;

-- case: ALTER TYPE text->constrained domain over text
-- setup
create domain dm as text check(value<>'');
create table t2(x text);
insert into t2 values('a');
-- statement
alter table t2 alter column x type dm;

-- case: ALTER TYPE constrained domain->base text
-- setup
create domain dm as text check(value<>'');
create table t2(x dm);
insert into t2 values('a');
-- statement
alter table t2 alter column x type text;

-- case: ALTER TYPE varchar(10)->varchar(20) USING c (no-op)
-- statement
alter table t alter column c type varchar(20) using c;

-- case: ALTER TYPE varchar(10)->varchar(20) USING c::varchar(20)
-- statement
alter table t alter column c type varchar(20) using c::varchar(20);

-- case: ALTER TYPE varchar(10)->text USING c::text
-- statement
alter table t alter column c type text using c::text;

-- case: ALTER TYPE varchar(10)->varchar(20) USING trim(c)
-- statement
alter table t alter column c type varchar(20) using trim(c);

-- case: ALTER TYPE varchar(10)->varchar(20) with CHECK on column
-- setup
alter table t add constraint ck check (c<>'');
-- statement
alter table t alter column c type varchar(20);

-- case: ALTER TYPE varchar(10)->text with CHECK on column
-- setup
alter table t add constraint ck check (c<>'');
-- statement
alter table t alter column c type text;

-- case: ALTER TYPE varchar(10)->varchar(20) with UNIQUE constraint
-- setup
create table t2(x varchar(10) unique);
insert into t2 values('a');
-- statement
alter table t2 alter column x type varchar(20);

-- case: ALTER TYPE varchar(10)->text with UNIQUE constraint
-- setup
create table t2(x varchar(10) unique);
insert into t2 values('a');
-- statement
alter table t2 alter column x type text;

-- case: ALTER TYPE varchar(10)->varchar(20) partial index predicate on col
-- setup
create index ti on t(id) where c<>'';
-- statement
alter table t alter column c type varchar(20);

-- case: ALTER TYPE varchar(10)->varchar(20) expression index on col
-- setup
create index ti on t(lower(c));
-- statement
alter table t alter column c type varchar(20);

-- case: ALTER TYPE varchar(10)->text expression index on col
-- setup
create index ti on t(lower(c));
-- statement
alter table t alter column c type text;

-- case: ALTER TYPE of FK referencing col int->bigint
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
alter table t alter column rid type bigint;

-- case: ALTER TYPE of FK referenced col int->bigint
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
alter table r alter column id type bigint;

-- case: ALTER TYPE of FK referencing varchar(10)->varchar(20)
-- setup
create table k1(x varchar(10) primary key);
create table k2(x varchar(10) references k1(x));
insert into k1 values('a');
insert into k2 values('a');
-- statement
alter table k2 alter column x type varchar(20);

-- case: ALTER TYPE COLLATE change (indexed)
-- setup
create index ti on t(b);
-- statement
alter table t alter column b type text collate "POSIX";

-- case: ALTER TYPE on column used by view
-- setup
create view vw as select a from t;
-- statement
alter table t alter column a type bigint;

-- case: ALTER TYPE int->bigint unindexed
-- statement
alter table t alter column a type bigint;

-- case: ALTER TYPE varchar(10)[]->varchar(20)[]
-- setup
create table t2(x varchar(10)[]);
insert into t2 values('{a}');
-- statement
alter table t2 alter column x type varchar(20)[];

-- case: ALTER TYPE varchar[]->text[]
-- setup
create table t2(x varchar[]);
insert into t2 values('{a}');
-- statement
alter table t2 alter column x type text[];

-- case: ALTER TYPE int[]->bigint[]
-- setup
create table t2(x int[]);
insert into t2 values('{1}');
-- statement
alter table t2 alter column x type bigint[];

-- case: ALTER TYPE uuid->text
-- setup
create table t2(x uuid);
insert into t2 values(gen_random_uuid());
-- statement
alter table t2 alter column x type text;

-- case: ALTER TYPE text->uuid USING
-- setup
create table t2(x text);
-- statement
alter table t2 alter column x type uuid using x::uuid;

-- case: ALTER TYPE real->double precision
-- setup
create table t2(x real);
insert into t2 values(1);
-- statement
alter table t2 alter column x type float8;

-- case: ALTER TYPE date->timestamp
-- setup
create table t2(x date);
insert into t2 values(now());
-- statement
alter table t2 alter column x type timestamp;

-- case: ALTER TYPE timestamp->date
-- setup
create table t2(x timestamp);
insert into t2 values(now());
-- statement
alter table t2 alter column x type date;

-- case: ALTER TYPE bool->int USING
-- setup
create table t2(x bool);
insert into t2 values(true);
-- statement
alter table t2 alter column x type int using x::int;

-- case: ALTER TYPE time(6)->time(3)
-- setup
create table t2(x time(6));
insert into t2 values('10:00');
-- statement
alter table t2 alter column x type time(3);

-- case: ALTER TYPE timetz(3)->timetz
-- setup
create table t2(x timetz(3));
insert into t2 values('10:00+00');
-- statement
alter table t2 alter column x type timetz;

-- case: ALTER TYPE interval -> interval day to second(6)
-- setup
create table t2(x interval);
insert into t2 values('1h');
-- statement
alter table t2 alter column x type interval(6);

-- case: ALTER TYPE varbit(8)->varbit
-- setup
create table t2(x bit varying(8));
insert into t2 values(B'101');
-- statement
alter table t2 alter column x type bit varying;

-- case: ALTER TYPE numeric->numeric(10,2)
-- setup
create table t2(x numeric);
insert into t2 values(1);
-- statement
alter table t2 alter column x type numeric(10,2);

-- case: ALTER TYPE numeric(10,2)->numeric(1000,2)
-- setup
create table t2(x numeric(10,2));
insert into t2 values(1);
-- statement
alter table t2 alter column x type numeric(1000,2);

-- case: ALTER TYPE varchar->varchar(255)
-- setup
create table t2(x varchar);
insert into t2 values('a');
-- statement
alter table t2 alter column x type varchar(255);

-- case: ALTER TYPE macaddr->macaddr8
-- setup
create table t2(x macaddr);
insert into t2 values('08:00:2b:01:02:03');
-- statement
alter table t2 alter column x type macaddr8;

-- case: ALTER TYPE oid->int
-- setup
create table t2(x oid);
insert into t2 values(1);
-- statement
alter table t2 alter column x type int;

-- case: ALTER TYPE oid->regclass
-- setup
create table t2(x oid);
insert into t2 values(1);
-- statement
alter table t2 alter column x type regclass;

-- case: ALTER TYPE name->text
-- setup
create table t2(x name);
insert into t2 values('a');
-- statement
alter table t2 alter column x type text;

-- case: ALTER TYPE text->bytea USING
-- setup
create table t2(x text);
insert into t2 values('a');
-- statement
alter table t2 alter column x type bytea using x::bytea;

-- case: ALTER TYPE column used by generated column
-- setup
alter table t add column g text generated always as (upper(c)) stored;
-- statement
alter table t alter column c type varchar(20);

-- case: ALTER TYPE column used in policy
-- setup
create policy po on t using (a=1);
-- statement
alter table t alter column a type bigint;

-- case: ALTER TYPE column used in trigger WHEN
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger trg before update on t for each row when (new.a>1) execute function tf();
-- statement
alter table t alter column a type bigint;

-- case: ALTER TYPE column in UPDATE OF trigger
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger trg before update of a on t for each row execute function tf();
-- statement
alter table t alter column a type bigint;

-- case: ALTER TYPE column with statistics object
-- setup
create statistics st on a,i4 from t;
-- statement
alter table t alter column a type bigint;

-- case: ALTER TYPE int->bigint on identity column
-- setup
create table i(id int generated always as identity, x int);
insert into i(x) select g from generate_series(1,50) g;
-- statement
alter table i alter column id type bigint;

-- case: ALTER TYPE int->bigint on serial column
-- setup
create table i(id serial, x int);
insert into i(x) select g from generate_series(1,50) g;
-- statement
alter table i alter column id type bigint;

-- case: ALTER TYPE with incompatible default
-- setup
alter table t alter column b set default 'x';
-- statement
alter table t alter column b type int using b::int;

-- case: ALTER TYPE text->int without USING
-- statement
alter table t alter column b type int;

-- case: ALTER TYPE on inheritance parent
-- setup
create table par(id int);
create table chi() inherits(par);
insert into par values(1);
insert into chi values(1);
-- statement
alter table par alter column id type bigint;

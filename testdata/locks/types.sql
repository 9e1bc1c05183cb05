-- case: ALTER TYPE ADD VALUE (in tx)
-- setup
create type en as enum('a','b');
create table et(x en);
insert into et values('a');
-- statement
alter type en add value 'z';

-- case: ALTER TYPE ADD VALUE then use in same tx
-- setup
create type en as enum('a','b');
create table et(x en);
-- before
alter type en add value 'z';
-- statement
insert into et values('z');

-- case: CREATE TYPE + ADD VALUE + use in same tx
-- before
create type en as enum('a','b');
create table et(x en);
alter type en add value 'z';
-- statement
insert into et values('z');

-- case: ALTER TYPE RENAME VALUE
-- setup
create type en as enum('a','b');
create table et(x en);
-- statement
alter type en rename value 'a' to 'aa';

-- case: ALTER TYPE RENAME
-- setup
create type en as enum('a','b');
create table et(x en);
-- statement
alter type en rename to en2;

-- case: ALTER DOMAIN ADD CHECK
-- setup
create domain dm as int;
create table dt(x dm);
insert into dt values(1);
create table dt2(y dm);
-- statement
alter domain dm add constraint ck check (value>0);

-- case: ALTER DOMAIN ADD CHECK NOT VALID
-- setup
create domain dm as int;
create table dt(x dm);
insert into dt values(1);
create table dt2(y dm);
-- statement
alter domain dm add constraint ck check (value>0) not valid;

-- case: ALTER DOMAIN VALIDATE
-- setup
create domain dm as int;
create table dt(x dm);
insert into dt values(1);
create table dt2(y dm);
alter domain dm add constraint ck check (value>0) not valid;
-- statement
alter domain dm validate constraint ck;

-- case: ALTER DOMAIN SET NOT NULL
-- setup
create domain dm as int;
create table dt(x dm);
insert into dt values(1);
create table dt2(y dm);
insert into dt2 values(1);
-- statement
alter domain dm set not null;

-- case: ALTER DOMAIN ADD NOT NULL
-- versions: 17-18
-- setup
create domain dm as int;
create table dt(x dm);
insert into dt values(1);
create table dt2(y dm);
insert into dt2 values(1);
-- statement
alter domain dm add constraint nnd not null;

-- case: ALTER DOMAIN SET DEFAULT
-- setup
create domain dm as int;
create table dt(x dm);
insert into dt values(1);
create table dt2(y dm);
-- statement
alter domain dm set default 1;

-- case: ALTER TYPE composite ADD ATTRIBUTE (used in typed table) CASCADE
-- setup
create type ct as (a int);
create table tt of ct;
-- statement
alter type ct add attribute b int cascade;

-- case: ALTER TYPE composite ALTER ATTRIBUTE used as column
-- setup
create type ct as (a int);
create table tt(x ct);
-- statement
alter type ct alter attribute a type bigint;

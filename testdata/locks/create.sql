-- case: CREATE TABLE AS
-- statement
create table n9 as select * from t;

-- case: CREATE TABLE LIKE
-- statement
create table n9 (like t including all);

-- case: CREATE TABLE with inline FK
-- statement
create table n9(id int references r(id));

-- case: CREATE TABLE INHERITS
-- statement
create table chi() inherits (t);

-- case: CREATE STATISTICS
-- statement
create statistics st on a,b from t;

-- case: CREATE PUBLICATION FOR TABLE
-- statement
create publication pubx3 for table t;

-- case: CREATE PUBLICATION FOR ALL TABLES
-- statement
create publication pubx2 for all tables;

-- case: CREATE UNLOGGED TABLE
-- statement
create unlogged table n8(id int);

-- case: CREATE TABLE IF NOT EXISTS (exists)
-- statement
create table if not exists t(id int);

-- case: CREATE TABLE IF NOT EXISTS (exists) with FK
-- statement
create table if not exists t(id int references r(id));

-- case: CREATE OR REPLACE FUNCTION change return type
-- setup
create function v.f(x int) returns int language sql as $$select 1$$;
-- statement
create or replace function v.f(x int) returns text language sql as $$select 1::text$$;

-- case: CREATE OR REPLACE FUNCTION rename arg
-- setup
create function v.f(x int) returns int language sql as $$select 1$$;
-- statement
create or replace function v.f(y int) returns int language sql as $$select 1$$;

-- case: CREATE OR REPLACE FUNCTION remove arg default
-- setup
create function v.f(x int default 1) returns int language sql as $$select 1$$;
-- statement
create or replace function v.f(x int) returns int language sql as $$select 1$$;

-- case: CREATE FOREIGN TABLE / SERVER none
-- statement
create schema v2;

-- case: CREATE TABLE that references itself
-- statement
create table v.own(id int primary key, parent int references v.own, rid int references r, constraint k foreign key (rid) references own(id));

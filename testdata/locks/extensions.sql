-- case: citext: text->citext
-- versions: 15
-- setup
create extension if not exists citext schema public;
create table t2(x text);
insert into t2 values('a');
create index t2i on t2(x);
-- statement
alter table t2 alter column x type citext;

-- case: citext: citext->text
-- versions: 15
-- setup
create extension if not exists citext schema public;
create table t2(x citext);
insert into t2 values('a');
create index t2i on t2(x);
-- statement
alter table t2 alter column x type text;

-- case: citext: varchar(10)->citext
-- versions: 15
-- setup
create extension if not exists citext schema public;
create table t2(x varchar(10));
insert into t2 values('a');
-- statement
alter table t2 alter column x type citext;

-- What reads a column that gets another type is made again: indexes at once,
-- from 17 on checks after new columns.
create table x1 (id int check (id > 0), b int);
create index on x1 (id) where id > 1;
create table x2 (id int check (id > 0), b int);
alter table x2 add column z timestamptz not null default 1, alter column id type text using id || 'x';
alter table x2 add column b int, alter column id type text using id || 'x';
alter table x1 add column z timestamptz not null default 1, alter column id type text using id || 'x';
alter table x1 add column z int, alter column id type text using id || 'x';
alter table x1 add column b int, alter column id type text using id || 'x';
alter table x1 add column c int generated always as (id + 1) stored;
alter table x1 alter b type text, alter id type text, add check (nope);

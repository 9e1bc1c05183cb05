-- Constraints and triggers of partitions renamed; ON COMMIT DROP outside of a transaction.
create table r(a int primary key);
create table p(a int primary key references r, b int) partition by range (a);
create table p1 partition of p default;
alter table p1 rename constraint p1_pkey to q;
alter table p1 rename constraint p_a_fkey to fk;
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger t after insert on r for each row execute function tf();
alter trigger t on r rename to t;
create temp table x(a int) on commit drop;
drop table x;
begin;
create temp table x(a int) on commit drop;
drop table x;
create temp table x(a int) on commit drop;
commit;
drop table x;

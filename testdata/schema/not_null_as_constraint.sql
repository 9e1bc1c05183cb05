-- NOT NULL is a constraint that children inherit.
-- versions: 18

create table t (a int not null, b int constraint bnn not null, c int primary key, d int not null no inherit, e serial);
create table u (x int, y int, not null x, constraint yy not null y);
alter table t alter a drop not null;
alter table t alter a set not null;
alter table t alter c drop not null;
alter table t drop constraint bnn;
alter table t add constraint bb not null b;
alter table t add constraint bb2 not null b;
alter table t add constraint aa not null a not valid;
alter table t rename constraint bb to bbb;
alter table t drop constraint t_pkey;
create table ch () inherits (t);
alter table ch alter b drop not null;
alter table t alter b drop not null;
alter table only t alter a drop not null;
alter table ch drop constraint t_a_not_null;
alter table t alter column a set not null;
alter table u add constraint xx not null x not valid;
alter table u add primary key (x);
alter table u validate constraint xx;
alter table u add primary key (y);

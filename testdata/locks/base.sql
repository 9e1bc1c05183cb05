-- What every case starts with.
create schema v;
set search_path = v, public;
create table r(id int primary key, x int);
insert into r select g,g from generate_series(1,50) g;
create table t(id int primary key, a int, b text, c varchar(10), d varchar(20), n numeric(10,2), ts timestamp, tz timestamptz, j json, i4 int not null default 0, bi bigint, ci cidr, ine inet, rid int, ch char(10), nn int not null, nul int);
insert into t select g,g,'x'||g,'c','d',g,now(),now(),'{}',g,g,'10.0.0.0/8','10.0.0.1',1+g%50,'ch',g,null from generate_series(1,500) g;
create table e(id int primary key, a int);

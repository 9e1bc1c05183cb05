-- Comments behind the words that a script repeats.
-- versions: 14-18
create table t (a int default 1 -- one
  , b int check (b > 0 -- positive
  ), c int generated always as (a + 1 -- plus
  ) stored, d text default 'x' /* c */ not null, e int default (1 -- x
  ), constraint k check (a > 0 and -- in
   b > 1 -- out
 ) , f int default 5 -- five
);
create index i on t ((a + b -- sum
 )) where a > 0 -- pred
;
create index i2 on t (lower(d -- low
 ) );
create view v as select a -- col
 , b from t -- tab
;
create domain dd as int default 3 -- three
 check (value > 0 -- pos
);
create policy p on t using (a > 1 -- pol
) with check (b > 1 -- chk
);
create function f(a int default 1 -- one
 , b int default 2 -- two
) returns int -- ret
language sql -- lang
as $$ select 1 -- body
$$ -- end
;
create function tf() returns trigger language plpgsql as $$ begin return new; end $$ -- x
;
create trigger tr before update on t for each row when (old.a > 1 -- when
) execute function tf() -- exec
;
create rule r as on insert to t do also select 1 -- rule
;
create materialized view mv as select 1 as x -- mv
;
create table pt (a int, b int) partition by range ((a + 1 -- part
));
create table pt1 partition of pt for values from (1 -- lo
) to (10 -- hi
) -- end
;
alter table t add constraint ex exclude using btree (a with = -- eq
) where (b > 1 -- w
);
alter table t alter a set default 7 -- seven
;
create statistics st on (a + 1 -- s
), b from t -- from
;
create aggregate ag(int) ( sfunc = int4pl, stype = int -- x
);
create type rt as range (subtype = int4 -- x
);
create procedure pr(a int default 3 -- three
) language sql begin atomic select 1 -- one
; end -- done
;
create function fa(a int) returns int return a + 1 -- ret
;
comment on table t is 'x' -- c
;

-- case: ALTER SEQUENCE
-- setup
create sequence sq;
-- statement
alter sequence sq increment 2;

-- case: ALTER SEQUENCE RESTART
-- setup
create sequence sq;
-- statement
alter sequence sq restart 5;

-- case: ALTER SEQUENCE AS bigint
-- setup
create sequence sq as int;
-- statement
alter sequence sq as bigint;

-- case: ALTER SEQUENCE OWNED BY
-- setup
create sequence sq;
-- statement
alter sequence sq owned by t.a;

-- case: nextval
-- setup
create sequence sq;
-- statement
select nextval($$v.sq$$);

-- case: setval
-- setup
create sequence sq;
-- statement
select setval($$v.sq$$,5);

-- case: ENABLE ROW LEVEL SECURITY
-- statement
alter table t enable row level security;

-- case: DISABLE ROW LEVEL SECURITY
-- statement
alter table t disable row level security;

-- case: FORCE ROW LEVEL SECURITY
-- statement
alter table t force row level security;

-- case: CREATE POLICY
-- statement
create policy po on t using (a=1);

-- case: ALTER POLICY
-- setup
create policy po on t using (a=1);
-- statement
alter policy po on t using (a=2);

-- case: CREATE TRIGGER
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
-- statement
create trigger trg before insert on t for each row execute function tf();

-- case: CREATE OR REPLACE TRIGGER
-- versions: 14-18
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
-- statement
create or replace trigger trg before insert on t for each row execute function tf();

-- case: CREATE OR REPLACE TRIGGER that is there
-- versions: 14-18
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger trg before insert on t for each row execute function tf();
-- statement
create or replace trigger trg before insert or update of a on t for each row execute function tf();

-- case: CREATE CONSTRAINT TRIGGER FROM
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
-- statement
create constraint trigger trg after insert on t from r for each row execute function tf();

-- case: ENABLE TRIGGER
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger trg before insert on t for each row execute function tf();
-- statement
alter table t enable trigger trg;

-- case: DISABLE TRIGGER ALL
-- statement
alter table t disable trigger all;

-- case: DISABLE TRIGGER USER
-- statement
alter table t disable trigger user;

-- case: ENABLE ALWAYS TRIGGER
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger trg before insert on t for each row execute function tf();
-- statement
alter table t enable always trigger trg;

-- case: ALTER TRIGGER RENAME
-- setup
create function tf() returns trigger language plpgsql as 'begin return new; end';
create trigger trg before insert on t for each row execute function tf();
-- statement
alter trigger trg on t rename to trg2;

-- case: DISABLE TRIGGER ALL on FK table (referenced)
-- setup
alter table t add constraint fk foreign key (rid) references r(id);
-- statement
alter table r disable trigger all;

-- case: CREATE RULE
-- statement
create rule ru as on insert to t do also nothing;

-- case: DISABLE RULE
-- setup
create rule ru as on insert to t do also nothing;
-- statement
alter table t disable rule ru;

-- case: CREATE POLICY with subselect on other table
-- statement
create policy po on t using (exists(select 1 from r where r.id=t.id));

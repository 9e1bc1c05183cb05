-- case: SELECT INTO
-- statement
select * into n9 from t;

-- case: UPDATE
-- statement
update t set a=1;

-- case: DELETE
-- statement
delete from t where id=1;

-- case: INSERT
-- statement
insert into e values(1,1);

-- case: INSERT with FK
-- setup
create table n9(id int references r(id));
-- statement
insert into n9 values(1);

-- case: MERGE
-- versions: 15-18
-- statement
merge into e using (values (1)) s(x) on e.id=s.x when not matched then insert values (s.x,1);

-- case: SELECT
-- statement
select count(*) from t;

-- case: SELECT FOR UPDATE
-- statement
select * from t where id=1 for update;

-- case: LOCK TABLE (default)
-- statement
lock table t;

-- case: COPY FROM
-- statement
copy e from program $$echo "1,1"$$ csv;

-- case: ANALYZE
-- statement
analyze t;

-- case: COMMENT ON TABLE
-- statement
comment on table t is 'x';

-- case: COMMENT ON COLUMN
-- statement
comment on column t.a is 'x';

-- case: COMMENT ON CONSTRAINT
-- statement
comment on constraint t_pkey on t is 'x';

-- case: GRANT
-- statement
grant select on t to public;

-- case: REVOKE
-- statement
revoke select on t from public;

-- case: SECURITY LABEL/none
-- statement
select 1;

-- case: ADD COLUMN then UPDATE same tx
-- before
alter table t add column z int;
-- statement
update t set z=1;

-- case: COMMENT ON DATABASE/none
-- statement
comment on database postgres is null;

-- case: INSERT ON CONFLICT
-- statement
insert into t(id,nn) values (1,1) on conflict (id) do nothing;

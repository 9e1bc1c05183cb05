-- case: RENAME VIEW
-- setup
create view vw as select 1 as x;
-- statement
alter view vw rename to vw2;

-- case: REFRESH MATERIALIZED VIEW
-- setup
create materialized view mv as select * from t;
create unique index on mv(id);
-- statement
refresh materialized view mv;

-- case: REFRESH MATERIALIZED VIEW CONCURRENTLY
-- setup
alter table t drop column j;
create materialized view mv as select id,a from t;
create unique index on mv(id);
-- statement
refresh materialized view concurrently mv;

-- case: REFRESH MATVIEW WITH NO DATA
-- setup
create materialized view mv as select * from t;
-- statement
refresh materialized view mv with no data;

-- case: CREATE MATERIALIZED VIEW
-- statement
create materialized view mv as select * from t;

-- case: CREATE VIEW
-- statement
create view vw as select * from t;

-- case: CREATE OR REPLACE VIEW
-- setup
create view vw as select id,a from t;
-- statement
create or replace view vw as select id,a,b from t;

-- case: ALTER VIEW SET (security_invoker)
-- versions: 15-18
-- setup
create view vw as select id,a from t;
-- statement
alter view vw set (security_invoker=on);

-- case: SET DEFAULT on view
-- setup
create view vw as select a from t;
-- statement
alter view vw alter column a set default 1;

-- case: ALTER MATERIALIZED VIEW RENAME
-- setup
create materialized view mv as select 1 as x;
-- statement
alter materialized view mv rename to mv2;

-- case: CREATE OR REPLACE VIEW drop column
-- setup
create view vw as select id,a from t;
-- statement
create or replace view vw as select id from t;

-- case: CREATE OR REPLACE VIEW rename column
-- setup
create view vw as select id,a from t;
-- statement
create or replace view vw as select id,a as q from t;

-- case: CREATE OR REPLACE VIEW change type
-- setup
create view vw as select id,a from t;
-- statement
create or replace view vw as select id,a::text as a from t;

-- case: CREATE OR REPLACE VIEW append column
-- setup
create view vw as select id,a from t;
-- statement
create or replace view vw as select id,a,b from t;

-- case: COMMENT ON VIEW
-- setup
create view vw as select id from t;
-- statement
comment on view vw is 'x';

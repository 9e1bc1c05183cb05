-- case: ATTACH PARTITION, proof: a stricter range
-- setup
create table p(id int, k int) partition by range(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k > 1 and k <= 8);
-- statement
alter table p attach partition x1 for values from (1) to (10);

-- case: ATTACH PARTITION, proof: a range one value wider
-- setup
create table p(id int, k int) partition by range(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k >= 0 and k < 10);
-- statement
alter table p attach partition x1 for values from (1) to (10);

-- case: ATTACH PARTITION, proof: BETWEEN
-- setup
create table p(id int, k int) partition by range(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k between 2 and 9);
-- statement
alter table p attach partition x1 for values from (1) to (10);

-- case: ATTACH PARTITION, proof: IN for a range
-- setup
create table p(id int, k int) partition by range(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k in (2, 3));
-- statement
alter table p attach partition x1 for values from (1) to (10);

-- case: ATTACH PARTITION, proof: larger integers
-- setup
create table p(id int, k int) partition by range(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k >= 1::bigint and k < 10::bigint);
-- statement
alter table p attach partition x1 for values from (1) to (10);

-- case: ATTACH PARTITION, proof: numeric for integers
-- setup
create table p(id int, k int) partition by range(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k >= 1.0 and k < 10.0);
-- statement
alter table p attach partition x1 for values from (1) to (10);

-- case: ATTACH PARTITION, proof: the column cast
-- setup
create table p(id int, k int) partition by range(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k::bigint >= 1 and k::bigint < 10);
-- statement
alter table p attach partition x1 for values from (1) to (10);

-- case: ATTACH PARTITION, proof: IN with fewer values
-- setup
create table p(id int, k int) partition by list(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k in (3, 2));
-- statement
alter table p attach partition x1 for values in (1,2,3);

-- case: ATTACH PARTITION, proof: IN with one value more
-- setup
create table p(id int, k int) partition by list(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k in (1, 2, 3, 4));
-- statement
alter table p attach partition x1 for values in (1,2,3);

-- case: ATTACH PARTITION, proof: a range for a list
-- setup
create table p(id int, k int) partition by list(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k >= 1 and k <= 3);
-- statement
alter table p attach partition x1 for values in (1,2,3);

-- case: ATTACH PARTITION, proof: one value with OR
-- setup
create table p(id int, k int) partition by list(k);
create table x1(id int, k int not null);
insert into x1 select g, 2 from generate_series(1,100) g;
alter table x1 add constraint ck check (k = 1 or k = 2);
-- statement
alter table p attach partition x1 for values in (1,2,3);

-- case: ATTACH PARTITION, proof: dates, stricter
-- setup
create table p(id int, k date) partition by range(k);
create table x1(id int, k date not null);
insert into x1 select g, '2024-01-10' from generate_series(1,100) g;
alter table x1 add constraint ck check (k >= '2024-01-05' and k < '2024-01-20');
-- statement
alter table p attach partition x1 for values from ('2024-01-01') to ('2024-02-01');

-- case: ATTACH PARTITION, proof: days for points of time
-- setup
create table p(id int, k timestamptz) partition by range(k);
create table x1(id int, k timestamptz not null);
insert into x1 select g, '2024-01-10' from generate_series(1,100) g;
alter table x1 add constraint ck check (k >= date '2024-01-01' and k < date '2024-02-01');
-- statement
alter table p attach partition x1 for values from ('2024-01-01') to ('2024-02-01');

-- case: ATTACH PARTITION, proof: days for timestamps
-- setup
create table p(id int, k timestamp) partition by range(k);
create table x1(id int, k timestamp not null);
insert into x1 select g, '2024-01-10' from generate_series(1,100) g;
alter table x1 add constraint ck check (k >= date '2024-01-01' and k < date '2024-02-01');
-- statement
alter table p attach partition x1 for values from ('2024-01-01') to ('2024-02-01');

-- case: ATTACH PARTITION, proof: points of time as days
-- setup
create table p(id int, k timestamptz) partition by range(k);
create table x1(id int, k timestamptz not null);
insert into x1 select g, '2024-01-10' from generate_series(1,100) g;
alter table x1 add constraint ck check (k::date >= '2024-01-01' and k::date < '2024-02-01');
-- statement
alter table p attach partition x1 for values from ('2024-01-01') to ('2024-02-01');

-- case: ATTACH PARTITION, proof: varchar as pg_dump writes it
-- setup
create table p(id int, k varchar(20)) partition by list(k);
create table x1(id int, k varchar(20) not null);
insert into x1 select g, 'b' from generate_series(1,100) g;
alter table x1 add constraint ck check ((k)::text = any ((array['a'::character varying, 'b'::character varying])::text[]));
-- statement
alter table p attach partition x1 for values in ('a','b');

-- case: ATTACH PARTITION, proof: varchar as text
-- setup
create table p(id int, k varchar(20)) partition by list(k);
create table x1(id int, k varchar(20) not null);
insert into x1 select g, 'b' from generate_series(1,100) g;
alter table x1 add constraint ck check (k::text = 'b'::text);
-- statement
alter table p attach partition x1 for values in ('a','b');

-- case: SET NOT NULL, proof: NOT (a IS NULL)
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check (not (a is null));
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: AND of several
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check (b > 0 and (a is not null and b < 1000));
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: each side of an OR
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check ((a is not null and b > 0) or (a is not null and b < 5));
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: one side of an OR
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check (a is not null or b > 0);
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: of another column
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check (b is not null);
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: of the column cast
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check (a::bigint is not null);
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: (a IS NOT NULL) IS TRUE
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check ((a is not null) is true);
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: (a IS NOT NULL) = true
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check ((a is not null) = true);
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: NOT (a IS NULL OR b IS NULL)
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check (not (a is null or b is null));
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: num_nonnulls
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check (num_nonnulls(a, b) = 2);
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: IS DISTINCT FROM NULL
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check (a is distinct from null);
-- statement
alter table n alter a set not null;

-- case: SET NOT NULL, proof: a = a, which null passes
-- setup
create table n(a int, b int);
insert into n select g, g from generate_series(1,100) g;
alter table n add constraint ck check (a = a);
-- statement
alter table n alter a set not null;

-- versions: 13-17
-- ONLY with a primary key, as pg_dump writes it: the partitions' columns are NOT
-- NULL already, at every level.
CREATE TABLE parts (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE part (a int NOT NULL, b int) PARTITION BY RANGE (a);
CREATE TABLE subpart (a int, b int);
ALTER TABLE subpart ADD PRIMARY KEY (a);
ALTER TABLE part ATTACH PARTITION subpart FOR VALUES FROM (0) TO (10);
ALTER TABLE parts ATTACH PARTITION part FOR VALUES FROM (0) TO (10);
ALTER TABLE ONLY parts ADD PRIMARY KEY (a);

-- One of them is not: at a level below, or in a partition of its own.
CREATE TABLE others (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE other PARTITION OF others FOR VALUES FROM (0) TO (10)
    PARTITION BY RANGE (a);
ALTER TABLE other ALTER COLUMN a SET NOT NULL;
CREATE TABLE subother PARTITION OF other FOR VALUES FROM (0) TO (5);
ALTER TABLE subother ALTER COLUMN a DROP NOT NULL;
CREATE TABLE loose PARTITION OF others FOR VALUES FROM (10) TO (20);
ALTER TABLE ONLY others ADD PRIMARY KEY (a);
ALTER TABLE ONLY others ALTER COLUMN a SET NOT NULL;
ALTER TABLE loose ALTER COLUMN a SET NOT NULL;
ALTER TABLE ONLY others ALTER COLUMN a SET NOT NULL;

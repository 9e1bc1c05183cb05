-- Foreign keys from and to partitioned tables, unique keys on them.
CREATE TABLE target (id int, region text, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
CREATE TABLE target_eu PARTITION OF target FOR VALUES IN ('eu');
CREATE TABLE target_us PARTITION OF target FOR VALUES IN ('us');
CREATE TABLE source (id int PRIMARY KEY, target_id int, region text,
    FOREIGN KEY (target_id, region) REFERENCES target);
CREATE TABLE parts (id int, source_id int REFERENCES source ON DELETE CASCADE) PARTITION BY HASH (id);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parts_1 (id int, source_id int);
ALTER TABLE parts ATTACH PARTITION parts_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
ALTER TABLE parts ADD UNIQUE (source_id);
ALTER TABLE parts ADD UNIQUE (id, source_id);
ALTER TABLE parts ADD PRIMARY KEY (id);
ALTER TABLE parts_0 DROP CONSTRAINT parts_0_pkey;
ALTER TABLE parts DROP CONSTRAINT parts_pkey;
ALTER TABLE parts_0 DROP CONSTRAINT parts_source_id_fkey;
ALTER TABLE parts DETACH PARTITION parts_0;
ALTER TABLE parts_0 DROP CONSTRAINT parts_source_id_fkey;
ALTER TABLE parts DROP CONSTRAINT parts_source_id_fkey;
DROP TABLE target_us;
DROP TABLE target;
DROP TABLE target CASCADE;

CREATE TABLE things (id bigint PRIMARY KEY, name varchar(20), code text, size int, tags int[], active bool, deleted_at timestamptz);
CREATE INDEX things_size ON things (size);
CREATE INDEX things_tags ON things USING gin (tags);
CREATE INDEX things_name ON things ((name::text));
CREATE TABLE parts (id bigint, place bigint, thing bigint, label text) PARTITION BY RANGE (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (1000);
CREATE INDEX ON parts (place, thing);

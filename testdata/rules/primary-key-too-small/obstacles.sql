-- What reads a column that must grow too is in the way of its new type.
CREATE TABLE crates (id serial PRIMARY KEY);
CREATE TABLE downloads (crate_id int REFERENCES crates, day date, region int);
CREATE MATERIALIZED VIEW recent AS SELECT crate_id FROM downloads;
CREATE TABLE shares (crate_id int REFERENCES crates) PARTITION BY LIST (crate_id);

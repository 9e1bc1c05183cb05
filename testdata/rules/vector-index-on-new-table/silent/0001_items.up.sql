CREATE TABLE items (id bigint PRIMARY KEY, embedding vector(3));
CREATE TABLE filled (id bigint PRIMARY KEY, embedding vector(3));
-- hnsw needs no rows.
CREATE INDEX ON items USING hnsw (embedding vector_l2_ops);
-- There are rows by then.
INSERT INTO filled SELECT id, embedding FROM elsewhere;
CREATE INDEX ON filled USING ivfflat (embedding vector_l2_ops);
CREATE TABLE made AS SELECT * FROM elsewhere;
CREATE INDEX ON made USING ivfflat (embedding vector_l2_ops);

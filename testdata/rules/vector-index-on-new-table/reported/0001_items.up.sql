CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE items (id bigint PRIMARY KEY, embedding vector(3));
create index items_embedding on items using ivfflat (embedding vector_cosine_ops) with (lists = 100);
CREATE TABLE others (id bigint PRIMARY KEY, embedding vector(3));
INSERT INTO items SELECT 1, '[1,2,3]';
CREATE INDEX CONCURRENTLY ON others USING ivfflat (embedding vector_l2_ops);

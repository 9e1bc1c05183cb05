-- Where the key is dropped, and no other comes.
CREATE TABLE queues ("offset" serial PRIMARY KEY, key text);
ALTER TABLE queues DROP CONSTRAINT IF EXISTS queues_pkey;
CREATE TABLE topics (id int PRIMARY KEY);
ALTER TABLE topics DROP CONSTRAINT topics_pkey, ADD PRIMARY KEY (id);

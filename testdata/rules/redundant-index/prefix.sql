CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, made_at timestamptz, state text);
CREATE INDEX by_user ON orders (user_id);
CREATE INDEX by_user_and_time ON orders (user_id, made_at);

-- The primary key has an index.
CREATE INDEX by_id ON orders (id);

-- What is only carried is in the longer one too.
CREATE INDEX by_state ON orders (state) INCLUDE (made_at);
CREATE UNIQUE INDEX by_state_and_all ON orders (state, user_id, made_at);

CREATE INDEX open_1 ON orders (made_at) WHERE state = 'open';
CREATE INDEX open_2 ON orders (made_at, user_id) WHERE state = 'open';

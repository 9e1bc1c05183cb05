-- +goose Up
ALTER TABLE users ADD PRIMARY KEY (id, tenant);
-- Validated, a CHECK is proof enough.
ALTER TABLE teams ADD CONSTRAINT teams_pkey PRIMARY KEY (id);
-- Silent: the column is there, so nothing is added.
ALTER TABLE users ADD COLUMN IF NOT EXISTS email text UNIQUE;

-- +goose Down
ALTER TABLE users DROP CONSTRAINT users_pkey;
-- Silent: a down step is run in an emergency, or never.
ALTER TABLE users ADD UNIQUE (email);

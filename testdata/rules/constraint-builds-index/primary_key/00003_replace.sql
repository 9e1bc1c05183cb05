-- +goose Up
ALTER TABLE teams DROP CONSTRAINT teams_pkey, ADD COLUMN tenant bigint DEFAULT 0,
    ADD CONSTRAINT teams_pkey PRIMARY KEY (tenant, id);
ALTER TABLE teams ADD CONSTRAINT teams_name UNIQUE (name);
ALTER TABLE teams DROP CONSTRAINT teams_name;
ALTER TABLE teams ADD CONSTRAINT teams_name UNIQUE (name, id);

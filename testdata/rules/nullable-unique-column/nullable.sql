CREATE TABLE pages (id bigint PRIMARY KEY, tenant_id bigint,
    slug text NOT NULL, "Code" text UNIQUE, UNIQUE (tenant_id, slug));
CREATE UNIQUE INDEX ON pages ("Code") WHERE slug > '';

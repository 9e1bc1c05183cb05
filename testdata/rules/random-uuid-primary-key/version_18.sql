-- options: --postgres-version 18
CREATE TABLE a (id uuid PRIMARY KEY DEFAULT gen_random_uuid());
CREATE TABLE b ("Id" uuid DEFAULT public.uuid_generate_v4() NOT NULL);
ALTER TABLE b ADD PRIMARY KEY ("Id");
CREATE TABLE c (id text PRIMARY KEY DEFAULT (gen_random_uuid())::text);
CREATE TABLE d (tenant int, id uuid DEFAULT gen_random_uuid(), PRIMARY KEY (tenant, id));

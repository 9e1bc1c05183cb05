-- Nothing tells the rows apart.
CREATE TABLE readings (sensor text, value numeric);

-- A unique constraint over columns that cannot be null could be the key.
CREATE TABLE tokens (token text NOT NULL UNIQUE, user_id bigint);

-- A unique index, which ADD PRIMARY KEY can take.
CREATE TABLE slugs (slug text NOT NULL);
CREATE UNIQUE INDEX slugs_slug_idx ON slugs (slug);

-- A foreign key relies on the constraint: it stays.
CREATE TABLE codes (code text NOT NULL UNIQUE);
CREATE TABLE uses (id bigint PRIMARY KEY, code text REFERENCES codes (code));

-- A column called id.
CREATE TABLE "Events" (id uuid NOT NULL, payload jsonb);

-- None of these tells rows apart: null, some rows only, an expression.
CREATE TABLE drafts (slug text UNIQUE, title text NOT NULL);
CREATE UNIQUE INDEX ON drafts (title) WHERE slug IS NULL;
CREATE UNIQUE INDEX ON drafts (lower(title));

CREATE TABLE copies AS SELECT * FROM readings;
CREATE TABLE likeness (LIKE tokens);

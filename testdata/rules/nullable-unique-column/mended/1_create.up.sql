-- A later migration makes it NOT NULL.
CREATE TABLE pages (id bigint PRIMARY KEY, slug text UNIQUE);

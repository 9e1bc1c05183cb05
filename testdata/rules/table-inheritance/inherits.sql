CREATE TABLE cities (id bigint PRIMARY KEY, name text);
CREATE TABLE capitals (state text) INHERITS (cities);
CREATE TABLE "Towns" (id bigint NOT NULL, name text);
ALTER TABLE "Towns" INHERIT cities;

CREATE TABLE "order" (id bigint PRIMARY KEY, "end" date, "limit" int, "left" int);
ALTER TABLE "order" ADD COLUMN "references" text;

-- Key words that need no quotes here.
CREATE TABLE position (value int, name text, type text, values int, key text, "Order" int);
CREATE TEMPORARY TABLE "user" (id int);
CREATE TABLE "table" (id int);
ALTER TABLE "table" RENAME TO tables;
CREATE TABLE orders ("end" date, "from" date);
ALTER TABLE orders RENAME COLUMN "end" TO ends_at;
ALTER TABLE orders DROP COLUMN "from";

CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, made_at timestamptz, total integer CHECK (total > 0));
CREATE INDEX ON orders (made_at);
CREATE INDEX orders_total ON orders (total);
CREATE TABLE "Orders" (id bigint PRIMARY KEY);
DROP TABLE "Orders";
CREATE TEMPORARY TABLE "Work" ("Id" int);
-- A template's names become others.
CREATE TABLE {{ .Schema }}.orders_{{ .Shard }} (id int PRIMARY KEY, "_made" int);

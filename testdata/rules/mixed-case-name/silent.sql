-- Folded to lower case.
CREATE TABLE UserAccount (createdAt timestamptz, "größe" int, "a b" int);
CREATE TABLE "Gone" ("A" int);
DROP TABLE "Gone";
-- A template's name becomes another.
CREATE TABLE {{ .TableName }} (id int PRIMARY KEY);

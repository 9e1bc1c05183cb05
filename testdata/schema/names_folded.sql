-- What a name is once the server has read it.
CREATE TABLE FOLDED (A int, "B" int, "b" int, Ä int, "ä" int);
CREATE TABLE FOLDED (A int, "B" int, "b" int);
ALTER TABLE folded RENAME COLUMN B TO bb;
ALTER TABLE "folded" RENAME COLUMN "B" TO B;
CREATE TABLE U&"d\0061ta" (U&"!0061!0062" UESCAPE '!' int, "with ""quotes""" int, "  " int);
CREATE TABLE "dotted.name" ("a.b" int PRIMARY KEY, "100" int UNIQUE, "%" int CHECK ("%" > 0));
CREATE INDEX ON "dotted.name" ("100", "%");
CREATE TABLE end_of_63_bytes_is_here_in_the_middle_of_this_name_and_then_ü_is_cut (a int);
CREATE TABLE "end_of_63_bytes_is_here_in_the_middle_of_this_name_and_then_ü_is_cut" (a int);
CREATE TABLE x123456789012345678901234567890123456789012345678901234567890üö (a serial);
CREATE TYPE "Mood" AS ENUM ('a');
CREATE TABLE quoted ("Column" "Mood" DEFAULT 'a', "user" text, "select" "Mood"[]);
CREATE TABLE quoted_2 (a mood);

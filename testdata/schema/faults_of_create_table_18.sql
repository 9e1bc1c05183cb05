-- versions: 18
-- What 18 says of tables with several faults.
CREATE TYPE kind AS ENUM ('a');
CREATE TABLE taken (id int);
CREATE UNLOGGED TABLE kind (a int, b int) PARTITION BY LIST (a);
CREATE UNLOGGED TABLE t (a int, a int) PARTITION BY LIST (a);
CREATE UNLOGGED TABLE t (a nope) PARTITION BY LIST (a);
CREATE UNLOGGED TABLE t (a int) PARTITION BY LIST (nope);
CREATE TABLE taken (a kind GENERATED ALWAYS AS ('a'::kind) VIRTUAL);
CREATE TABLE t (a int[] DEFAULT 1,
    b kind GENERATED ALWAYS AS ('a'::kind) VIRTUAL);
CREATE TABLE t (a int, b record, c kind GENERATED ALWAYS AS ('a'::kind));
CREATE TABLE taken (a int, NOT NULL nope);
CREATE TABLE t (a int, NOT NULL nope, CHECK (nowhere));
CREATE TABLE t (a int, NOT NULL nope, UNIQUE (nowhere));
CREATE TABLE t (a int NOT NULL NO INHERIT PRIMARY KEY, b int DEFAULT now());
CREATE TABLE t (a int, NOT NULL a NO INHERIT) PARTITION BY LIST (nope);

-- options: --postgres-version 18
CREATE TABLE a (id uuid PRIMARY KEY DEFAULT uuidv7());
CREATE TABLE b (id uuid PRIMARY KEY);
CREATE TABLE c (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, token uuid DEFAULT gen_random_uuid());
CREATE TABLE d (id text PRIMARY KEY DEFAULT 'gen_random_uuid()');
CREATE TABLE e (id text PRIMARY KEY DEFAULT my_key('gen_random_uuid'));
CREATE TEMPORARY TABLE f (id uuid PRIMARY KEY DEFAULT gen_random_uuid());

CREATE TYPE old_kind AS ENUM ('a', 'b');
CREATE TYPE new_kind AS ENUM ('a', 'b', 'c');
CREATE TABLE workflows (id bigint PRIMARY KEY, kind old_kind);

DROP TABLE orders;
drop table if exists app."Order", public.items cascade;
-- Created, but taken back: the table that is dropped is an older one.
BEGIN;
CREATE TABLE undone (id bigint);
ROLLBACK;
DROP TABLE undone;

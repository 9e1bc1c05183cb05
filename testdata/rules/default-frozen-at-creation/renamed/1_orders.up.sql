CREATE TABLE orders (id bigint PRIMARY KEY, made_at timestamptz DEFAULT 'now');
-- Silent: a later migration mends it, under another name.
CREATE TABLE events (id bigint PRIMARY KEY, made_at timestamptz DEFAULT 'now');
-- Silent: nothing is left of it.
BEGIN;
CREATE TABLE tries (made_at timestamptz DEFAULT 'now');
ALTER TABLE orders ADD seen_at timestamptz DEFAULT 'today';
ROLLBACK;

CREATE TABLE orders (
    made_at timestamptz DEFAULT now(),
    paid_at timestamptz DEFAULT CURRENT_TIMESTAMP,
    -- Read for each row.
    sent_at timestamptz DEFAULT 'now'::text::timestamptz,
    seen_at timestamptz DEFAULT ('now'::text),
    -- A word.
    state text DEFAULT 'now',
    -- A time that somebody wrote.
    epoch timestamptz DEFAULT '1970-01-01',
    kind varchar(10) DEFAULT 'today'
);
ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'today';
CREATE TEMPORARY TABLE work (at timestamptz DEFAULT 'now');
CREATE TABLE gone (at timestamptz DEFAULT 'now');
DROP TABLE gone;

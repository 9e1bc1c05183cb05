CREATE TABLE orders (
    id bigint PRIMARY KEY,
    made_at timestamptz DEFAULT 'now',
    paid_at timestamp NOT NULL DEFAULT 'now()',
    sent_at timestamptz DEFAULT timestamptz 'NOW',
    day date DEFAULT ('today'::date),
    due date DEFAULT 'tomorrow',
    at time DEFAULT CAST('now' AS time)
);
ALTER TABLE orders ADD COLUMN "seenAt" timestamp(3) DEFAULT ' now ';
ALTER TABLE orders ALTER COLUMN paid_at SET DEFAULT 'yesterday';

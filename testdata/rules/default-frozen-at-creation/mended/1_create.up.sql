-- A later migration mends the first.
CREATE TABLE orders (made_at timestamptz DEFAULT 'now', paid_at timestamptz DEFAULT 'now');

CREATE TABLE logs (at timestamptz NOT NULL, line text) PARTITION BY RANGE (at);
CREATE TABLE logs_2026 PARTITION OF logs
    FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

CREATE TABLE jobs (id bigint, queue text) PARTITION BY LIST (queue);

-- Divided by an expression it can have none.
CREATE TABLE hits (at timestamptz NOT NULL) PARTITION BY RANGE (date(at AT TIME ZONE 'UTC'));

CREATE TABLE app.events_1 PARTITION OF app."Events" FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
create table if not exists events_2 partition of events
    for values in (1, 2) partition by list (b);
CREATE TABLE events_3 PARTITION OF events (id WITH OPTIONS DEFAULT 3) FOR VALUES IN (3);
CREATE TABLE events_other PARTITION OF events DEFAULT;

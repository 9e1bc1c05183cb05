-- The weaker way, and its completion; an index has no partitions to detach.
ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;
ALTER TABLE events DETACH PARTITION events_1 FINALIZE;
CREATE TABLE new (a int) PARTITION BY LIST (a);
CREATE TABLE new_1 PARTITION OF new FOR VALUES IN (1);
ALTER TABLE new DETACH PARTITION new_1;

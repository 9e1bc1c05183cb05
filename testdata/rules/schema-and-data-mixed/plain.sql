WITH gone AS (DELETE FROM customers RETURNING id)
INSERT INTO log SELECT id FROM gone;
COPY orders FROM stdin;
1
\.
DROP TABLE old_orders;

-- Silent: psql takes its own commands and COPY's data away before the server
-- sees them.
\set ON_ERROR_STOP on
\connect shop
CREATE TABLE orders (id bigint PRIMARY KEY, title text);
COPY orders (id, title) FROM stdin;
1	it's not; SQL (
2	\N
\.
\echo 'done'
SELECT 1 \gexec

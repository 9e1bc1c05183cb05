-- Silent: psql's commands and COPY data are no statements.
\set ON_ERROR_STOP on
COPY orders (id) FROM stdin;
1
\.

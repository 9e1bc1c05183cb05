-- no-transaction
CREATE INDEX CONCURRENTLY todos_open_idx ON todos (id) WHERE NOT done;

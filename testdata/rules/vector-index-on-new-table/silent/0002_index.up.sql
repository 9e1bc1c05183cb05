-- The table has its rows.
CREATE INDEX ON items USING ivfflat (embedding vector_l2_ops);

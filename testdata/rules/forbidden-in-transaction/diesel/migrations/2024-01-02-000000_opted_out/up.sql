-- Silent: metadata.toml says run_in_transaction = false.
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);

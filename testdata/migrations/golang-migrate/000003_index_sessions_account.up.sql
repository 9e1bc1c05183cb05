-- Alone in its file: golang-migrate sends a file as one string, and several
-- statements in one string are one transaction.
CREATE INDEX CONCURRENTLY sessions_account_id_idx ON sessions (account_id);

DROP INDEX CONCURRENTLY loans_due_idx;
DROP INDEX CONCURRENTLY loans_reader_id_idx;

DROP INDEX CONCURRENTLY loans_reader_id_idx;

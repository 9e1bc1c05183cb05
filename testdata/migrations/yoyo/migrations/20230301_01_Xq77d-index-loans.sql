-- index loans
-- depends: 20230215_01_mZ81c-loans
-- transactional: false

CREATE INDEX CONCURRENTLY loans_reader_id_idx ON loans (reader_id);
CREATE INDEX CONCURRENTLY loans_due_idx ON loans (due);

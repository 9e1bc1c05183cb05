-- index loans
-- depends: 20230215_01_mZ81c-loans
-- transactional: false

CREATE INDEX CONCURRENTLY loans_reader_id_idx ON loans (reader_id);

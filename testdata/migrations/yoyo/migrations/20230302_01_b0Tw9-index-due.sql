-- index due
-- depends: 20230301_01_Xq77d-index-loans
-- transactional: false

CREATE INDEX CONCURRENTLY loans_due_idx ON loans (due);

CREATE TABLE t (id bigint PRIMARY KEY);
ALTER TABLE t ADD CONSTRAINT this_is_a_name_that_is_much_too_long_to_be_kept_by_any_server_as_it_is CHECK (id > 0);
